// What was meant and is not known to have happened: each intent is kept before it is sent, and sent in order.

/** @typedef {import("./types.js").Intent} Intent */
/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Refusal} Refusal */

const WAITING = "waiting:";
const REFUSED = "refused:";
// Fields in which what stands on a board and what was sent can be compared.
const COMPARED = ["answer", "why", "score", "text", "kind"];

export class Outbox {
  #store;
  #send;
  #isSending = "";
  #isBusy = false;

  /**
   * Each intent is kept under a name of its own, so that two tabs never write over one another's.
   * @param {import("./store.js").Store} store
   * @param {(intent: Intent) => Promise<Answer | null>} send Gives null where no answer came.
   */
  constructor(store, send) {
    this.#store = store;
    this.#send = send;
  }

  /** @returns {Intent[]} What waits, in the order in which it was meant. */
  get waiting() {
    return this.#store.names(WAITING).map((name) => this.#store.get(name)).filter(Boolean);
  }

  /** @returns {Refusal[]} What the server did not take, with its reason: it is kept until somebody has read it. */
  get refused() {
    return this.#store.names(REFUSED).map((name) => this.#store.get(name)).filter(Boolean);
  }

  /** @returns {boolean} Whether all that waits would outlast this page. */
  get lasts() {
    return this.#store.names(WAITING).every((name) => this.#store.lasts(name));
  }

  /**
   * Keep an intent. It takes the place of any that waits for the same address, but for one that is just being sent.
   * @param {Omit<Intent, "at">} intent
   * @param {number} now In milliseconds.
   */
  add(intent, now) {
    const waiting = this.waiting;
    const at = Math.max(now, (waiting[waiting.length - 1]?.at ?? 0) + 1);
    const same = waiting.filter((other) => other.path === intent.path);
    const earlier = same.flatMap((other) => [...(other.earlier ?? []), ...(other.tried && other.body ? [other.body] : [])]);
    for (const other of same) if (other.id !== this.#isSending) this.#remove(other);
    this.#keep({ ...intent, at, ...(earlier.length ? { earlier } : {}) });
  }

  /** @param {Intent} intent */
  #keep(intent) {
    return this.#store.set(nameOf(intent), intent);
  }

  /** @param {Intent} intent */
  #remove(intent) {
    this.#store.remove(nameOf(intent));
  }

  /** @param {string} id Forget a refusal. */
  dismiss(id) {
    this.#store.remove(REFUSED + id);
  }

  /**
   * Send what waits, one after the other, until all is sent or no answer comes.
   * @returns {Promise<{done: Intent[], answer: Answer | null, isStopped: boolean}>} What has been settled, the last
   * answer, and whether something still waits.
   */
  async flush() {
    /** @type {Intent[]} */
    const done = [];
    /** @type {Answer | null} */
    let answer = null;
    if (this.#isBusy) return { done, answer, isStopped: false };
    this.#isBusy = true;
    try {
      for (let intent; (intent = this.waiting[0]); ) {
        this.#isSending = intent.id;
        if (!intent.tried) this.#keep({ ...intent, tried: true });
        answer = await this.#send(intent);
        this.#isSending = "";
        if (isForLater(answer)) return { done, answer, isStopped: true };
        this.#settle(intent, /** @type {Answer} */ (answer));
        done.push(intent);
      }
    } finally {
      this.#isSending = "";
      this.#isBusy = false;
    }
    return { done, answer, isStopped: false };
  }

  /** @param {Intent} intent @param {Answer} answer */
  #settle(intent, answer) {
    this.#remove(intent);
    if (answer.status < 300) return;
    const { code, current } = answer.body ?? {};
    if (code === "conflict" && intent.body && (intent.earlier ?? []).some((body) => isSame(body, current))) {
      // What stands there is what this device sent before: nobody else changed it.
      this.#keep({ ...intent, tried: false, body: { ...intent.body, version: current.version } });
    } else {
      this.#store.set(REFUSED + intent.id, { intent, status: answer.status, problem: answer.body });
    }
  }
}

/** @param {Intent} intent */
const nameOf = ({ at, id }) => `${WAITING}${String(at).padStart(15, "0")}:${id}`;

/** @param {Answer | null} answer @returns {boolean} Whether a change may still be made when it is sent again. */
export const isForLater = (answer) =>
  !answer || answer.status >= 500 || answer.status === 429 || answer.status === 408;

/** @param {any} problem @returns {string | undefined} What it says to people: of the first thing that is wrong. */
export const reason = (problem) => problem?.errors?.[0]?.detail ?? problem?.detail;

/** @param {Record<string, any>} sent @param {Record<string, any> | undefined} current */
const isSame = (sent, current) => !!current && COMPARED.every((name) => !(name in sent) || sent[name] === current[name]);

/**
 * @param {number} tries How often in a row no answer came.
 * @param {number} random From 0 to 1.
 * @returns {number} In how many seconds to try again, from 1 to 90: so many phones do not come back all at once.
 */
export const pause = (tries, random) => Math.min(60, 2 ** tries) * (0.5 + random);
