// The shapes that the modules share. Those of the API come from its contract.

/** @typedef {import("./contract").components["schemas"]} Schemas */
/** @typedef {Schemas["WidgetDocument"]} WidgetDocument */
/** @typedef {Schemas["BoardDocument"]} Board */
/** @typedef {Schemas["BoardMark"]} BoardMark */
/** @typedef {Schemas["BoardNote"]} BoardNote */
/** @typedef {Schemas["BoardDissent"]} BoardDissent */
/** @typedef {Schemas["BoardResult"]} BoardResult */
/** @typedef {Schemas["BoardPast"]} BoardPast */
/** @typedef {BoardMark["mine"]} Given A score, why there is none, or null. */
/** @typedef {{lang?: string, dir?: string}} Worded */

/**
 * What somebody wants to happen on a board, kept until the server has said that it did.
 * @typedef {object} Intent
 * @property {string} id A UUID: the name of the change, however often it is sent.
 * @property {number} at When it was meant, in milliseconds; no two on a device have the same.
 * @property {"PUT" | "POST" | "DELETE"} method
 * @property {string} path Its address below that of the board.
 * @property {Record<string, any>} [body]
 * @property {boolean} [tried] Whether it was sent, and may have arrived.
 * @property {Record<string, any>[]} [earlier] What was sent to the same address before, and may have arrived.
 */

/**
 * What a server said of a change.
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body
 * @property {string} etag
 * @property {number} wait Seconds after which to ask again; 0 where the server says nothing of it.
 */

/** @typedef {{intent: Intent, status: number, problem: any}} Refusal */

export {};
