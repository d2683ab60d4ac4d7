// Getting onto a board: by a link, by a code, or by opening one. What was begun without a connection goes on later.

import { newId } from "./api.js";
import { isForLater } from "./outbox.js";

/** @typedef {import("./types.js").Answer} Answer */

const LINK = /^#mark-scoring=([\w-]{27})$/;
const PATHS = { join: "boards/join/", open: "boards/" };

/**
 * Take the token of a board's link out of the page's address, where it would be seen and kept.
 * @returns {string} "" where there is none, or another widget of the page has taken it.
 */
export function takeToken() {
  const token = LINK.exec(location.hash)?.[1] ?? "";
  try {
    if (token) history.replaceState(history.state, "", location.pathname + location.search);
  } catch {
    // A page without an origin of its own may not change its address.
  }
  return token;
}

/** @param {string} token @returns {string} The link to this page that lets people join a board. */
export const linkHere = (token) => `${location.href.replace(/#.*/, "")}#mark-scoring=${token}`;

/** @param {string} path The address of a board's own page for joining. @returns {string} Its token. */
export const tokenIn = (path) => /\/([\w-]{27})\/$/.exec(path)?.[1] ?? "";

/**
 * Begin to join or to open a board: kept first, so that nobody joins twice when an answer is lost.
 * @param {import("./store.js").Store} store
 * @param {"join" | "open"} kind
 * @param {Record<string, any>} body
 * @param {string} link The token of the board's link, as far as it is known.
 */
export function begin(store, kind, body, link) {
  const before = store.get("joining");
  const isSame = before?.kind === kind && JSON.stringify(before.body) === JSON.stringify(body);
  if (!isSame) store.set("joining", { id: newId(), kind, body, link });
}

/**
 * Try to get onto a board that somebody has begun to join or open.
 * @param {import("./store.js").Store} store
 * @param {import("./api.js").Api} api
 * @returns {Promise<{token: string, link: string, answer: Answer | null, kind: "join" | "open"} | null>} Null where
 * nothing was begun; an empty token where it did not work. It stays begun where it may work later.
 */
export async function goOn(store, api) {
  /** @type {{id: string, kind: "join" | "open", body: Record<string, any>, link: string} | undefined} */
  const begun = store.get("joining");
  if (!begun) return null;
  const answer = await api.ask("POST", PATHS[begun.kind], { id: begun.id, body: begun.body });
  if (!isForLater(answer) || answer?.status === 429) store.remove("joining");
  const token = answer?.status === 201 ? answer.body.token : "";
  return { token, link: begun.link, answer, kind: begun.kind };
}
