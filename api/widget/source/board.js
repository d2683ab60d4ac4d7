// Taking part in a board: what stands on it, asked for as often as the server says, and what is still to be sent.

import { newId } from "./api.js";
import { isForLater, outboxOf, pause } from "./outbox.js";
import { withPending } from "./pending.js";

/** @typedef {import("./types.js").Board} Board */
/** @typedef {import("./types.js").Intent} Intent */
/** @typedef {import("./types.js").Answer} Answer */

// In milliseconds: whoever goes through ten numbers with the arrow keys means the last one.
const SECOND_THOUGHTS = 500;

/**
 * @typedef {object} Session
 * @property {string} token
 * @property {import("./store.js").Store} store
 * @property {import("./outbox.js").Outbox} outbox
 * @property {Board | undefined} known As the server gave it last.
 * @property {Board | undefined} board With all that this device has done to it.
 * @property {boolean} isGone Whether the server knows no board for this token.
 * @property {boolean} isAway Whether no answer came of late.
 * @property {() => void} start Begin, or go on, asking: at once.
 * @property {() => void} stop Ask no more. What waits stays kept.
 * @property {(method: Intent["method"], path: string, body?: Record<string, any>) => void} want Do something: it is kept,
 * shown, and sent.
 */

/**
 * @param {object} given
 * @param {import("./api.js").Api} given.api
 * @param {import("./store.js").Store} given.store What the device keeps of this board alone.
 * @param {string} given.token
 * @param {import("./types.js").Worded} given.language
 * @param {() => void} given.changed Called when something else is to be shown.
 * @returns {Session}
 */
export function sessionOf({ api, store, token, language, changed }) {
  let etag = "";
  let tries = 0;
  let isRunning = false;
  let isTurning = false;
  /** @type {Intent[]} Taken by the server, and not in the board that it gave last. */
  const settling = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} method @param {string} path @param {object} [more] */
  async function ask(method, path, more) {
    const answer = await api.ask(method, `board/${path}`, { token, ...more });
    if (answer?.status === 401) session.isGone = true;
    return answer;
  }

  const outbox = outboxOf(store, ({ method, path, body, id }) => ask(method, path, { id, body }));

  /** @param {number} milliseconds */
  function soon(milliseconds) {
    clearTimeout(timer);
    if (isRunning && !session.isGone) timer = setTimeout(turn, milliseconds);
  }

  /** Send what waits, look what stands on the board, and say when to do so again. */
  async function turn() {
    if (isTurning) return;
    isTurning = true;
    const { done, answer, isStopped } = await outbox.flush();
    settling.push(...done);
    const seen = isStopped ? answer : await look();
    isTurning = false;
    const isAway = (session.isAway = isForLater(seen));
    tries = isAway ? tries + 1 : 0;
    changed();
    const isWaiting = outbox.waiting.length;
    const wait = seen?.wait ?? 0;
    // Nobody looks at a page that is hidden; when it is shown again, it asks at once.
    if (document.hidden && !isWaiting) return;
    if (isAway) soon(1000 * Math.max(wait, pause(tries, Math.random())));
    else if (isWaiting) soon(SECOND_THOUGHTS);
    else soon(1000 * (wait || 5) * (0.9 + Math.random() / 5));
  }

  /** @returns {Promise<Answer | null>} What the server says of the board. */
  async function look() {
    const settled = settling.length;
    const answer = await ask("GET", "", { etag });
    if (answer?.status === 200) {
      session.known = answer.body;
      etag = answer.etag;
      // For a page that is opened without a connection; who the others are need not lie on this device.
      store.set("board", {
        ...answer.body,
        people: answer.body.people.map((/** @type {any} */ one) => ({ ...one, name: "" })),
      });
    }
    if (answer && answer.status < 400) settling.splice(0, settled);
    return answer;
  }

  /** @type {Session} */
  const session = {
    token,
    store,
    outbox,
    known: store.get("board"),
    isGone: false,
    isAway: false,
    get board() {
      return session.known && withPending(session.known, [...settling, ...outbox.waiting], language);
    },
    start() {
      isRunning = true;
      soon(0);
    },
    stop() {
      isRunning = false;
      clearTimeout(timer);
    },
    want(method, path, body) {
      outbox.add({ id: newId(), method, path, body }, Date.now());
      tries = 0;
      changed();
      soon(SECOND_THOUGHTS);
    },
  };
  return session;
}
