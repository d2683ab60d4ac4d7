// Taking part in a board: what stands on it, asked for as often as the server says, and what is still to be sent.

import { newId } from "./api.js";
import { isForLater, Outbox, pause } from "./outbox.js";
import { withPending } from "./pending.js";

/** @typedef {import("./types.js").Board} Board */
/** @typedef {import("./types.js").Intent} Intent */
/** @typedef {import("./types.js").Answer} Answer */

// In milliseconds: whoever goes through ten numbers with the arrow keys means the last one.
const SECOND_THOUGHTS = 500;

export class BoardSession {
  /** Whether the server knows no board for this token, and whether no answer came of late. */
  isGone = false;
  isAway = false;
  #api;
  #language;
  #changed;
  /** @type {Intent[]} Taken by the server, and not in the board that it gave last. */
  #settling = [];
  #etag = "";
  #tries = 0;
  #isRunning = false;
  #isTurning = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} given
   * @param {import("./api.js").Api} given.api
   * @param {import("./store.js").Store} given.store What the device keeps of this board alone.
   * @param {string} given.token
   * @param {import("./types.js").Worded} given.language
   * @param {() => void} given.changed Called when something else is to be shown.
   */
  constructor({ api, store, token, language, changed }) {
    this.#api = api;
    this.store = store;
    this.token = token;
    this.#language = language;
    this.#changed = changed;
    this.outbox = new Outbox(store, (intent) => this.#send(intent));
    /** @type {Board | undefined} As the server gave it last. */
    this.known = store.get("board");
  }

  /** @returns {Board | undefined} With all that this device has done to it. */
  get board() {
    return this.known && withPending(this.known, [...this.#settling, ...this.outbox.waiting], this.#language);
  }

  /** Begin, or go on, asking. */
  start() {
    this.#isRunning = true;
    this.soon(0);
  }

  /** Ask no more. What waits stays kept. */
  stop() {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  /**
   * Do something: it is kept, shown, and sent.
   * @param {Intent["method"]} method @param {string} path @param {Record<string, any>} [body]
   */
  want(method, path, body) {
    this.outbox.add({ id: newId(), method, path, ...(body ? { body } : {}) }, Date.now());
    this.#tries = 0;
    this.#changed();
    this.soon(SECOND_THOUGHTS);
  }

  /** @param {number} milliseconds */
  soon(milliseconds) {
    clearTimeout(this.#timer);
    if (this.#isRunning && !this.isGone) this.#timer = setTimeout(() => this.#turn(), milliseconds);
  }

  /** Send what waits, look what stands on the board, and say when to do so again. */
  async #turn() {
    if (this.#isTurning) return;
    this.#isTurning = true;
    const { done, answer, isStopped } = await this.outbox.flush();
    this.#settling.push(...done);
    const seen = isStopped ? answer : await this.#look();
    this.#isTurning = false;
    this.isAway = isForLater(seen);
    this.#tries = this.isAway ? this.#tries + 1 : 0;
    this.#changed();
    const wait = seen?.wait || 5;
    // Nobody looks at a page that is hidden; when it is shown again, it asks at once.
    if (document.hidden && !this.outbox.waiting.length) return;
    if (!isStopped && this.outbox.waiting.length) this.soon(SECOND_THOUGHTS);
    else this.soon(1000 * (this.isAway ? Math.max(seen?.wait ?? 0, pause(this.#tries, Math.random())) : wait * (0.9 + Math.random() / 5)));
  }

  /** @returns {Promise<Answer | null>} What the server says of the board. */
  async #look() {
    const settled = this.#settling.length;
    const answer = await this.#api.ask("GET", "board/", { token: this.token, etag: this.#etag });
    if (answer?.status === 200) {
      this.known = answer.body;
      this.#etag = answer.etag;
      // For a page that is opened without a connection; who the others are need not lie on this device.
      this.store.set("board", { ...answer.body, people: answer.body.people.map((/** @type {any} */ one) => ({ ...one, name: "" })) });
    }
    if (answer?.status === 401) this.isGone = true;
    if (answer && answer.status < 400) this.#settling.splice(0, settled);
    return answer;
  }

  /** @param {Intent} intent */
  async #send(intent) {
    const { method, path, body, id } = intent;
    const answer = await this.#api.ask(method, `board/${path}`, { token: this.token, id, body });
    if (answer?.status === 401) this.isGone = true;
    return answer;
  }
}
