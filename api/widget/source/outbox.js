// What was meant and is not known to have happened: each intent is kept before it is sent, and sent in order.

/** @typedef {import("./types.js").Intent} Intent */
/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Refusal} Refusal */

const WAITING = "waiting:";
const REFUSED = "refused:";
// Fields in which what stands on a board and what was sent can be compared.
const COMPARED = ["answer", "why", "score", "text", "kind"];

/**
 * @typedef {object} Outbox
 * @property {Intent[]} waiting In the order in which it was meant.
 * @property {Refusal[]} refused What the server did not take, with its reason: it is kept until somebody has read it.
 * @property {boolean} lasts Whether all that waits would outlast this page.
 * @property {(intent: Omit<Intent, "at">, now: number) => void} add Keep an intent, meant now, in milliseconds. It takes
 * the place of any that waits for the same address, but for one that is just being sent.
 * @property {(id: string) => void} dismiss Forget a refusal.
 * @property {() => Promise<{done: Intent[], answer: Answer | null, isStopped: boolean}>} flush Send what waits, one after
 * the other, until all is sent or no answer comes. Gives what has been settled, the last answer, and whether something
 * still waits.
 */

/**
 * Each intent is kept under a name of its own, so that two tabs never write over one another's.
 * @param {import("./store.js").Store} store
 * @param {(intent: Intent) => Promise<Answer | null>} send Gives null where no answer came.
 * @returns {Outbox}
 */
export function outboxOf(store, send) {
  let isSending = "";
  let isBusy = false;

  /** @param {string} start */
  const all = (start) =>
    store
      .names(start)
      .map((name) => store.get(name))
      .filter(Boolean);
  /** @returns {Intent[]} */
  const waiting = () => all(WAITING);
  /** @param {Intent} intent */
  const keep = (intent) => store.set(nameOf(intent), intent);
  /** @param {Intent} intent */
  const remove = (intent) => store.remove(nameOf(intent));

  /** @param {Intent} intent @param {Answer} answer */
  function settle(intent, { status, body }) {
    remove(intent);
    if (status < 300) return;
    const { code, current } = body ?? {};
    if (code === "conflict" && intent.body && intent.earlier?.some((sent) => isSame(sent, current))) {
      // What stands there is what this device sent before: nobody else changed it.
      keep({ ...intent, tried: false, body: { ...intent.body, version: current.version } });
    } else store.set(REFUSED + intent.id, { intent, status, problem: body });
  }

  return {
    get waiting() {
      return waiting();
    },
    get refused() {
      return all(REFUSED);
    },
    get lasts() {
      return store.names(WAITING).every(store.lasts);
    },
    add(intent, now) {
      const before = waiting();
      const at = Math.max(now, (before[before.length - 1]?.at ?? 0) + 1);
      const same = before.filter(({ path }) => path === intent.path);
      const earlier = same.flatMap(({ earlier = [], tried, body }) => (tried && body ? [...earlier, body] : earlier));
      for (const other of same) if (other.id !== isSending) remove(other);
      keep({ ...intent, at, earlier });
    },
    dismiss: (id) => store.remove(REFUSED + id),
    async flush() {
      /** @type {Intent[]} */
      const done = [];
      /** @type {Answer | null} */
      let answer = null;
      if (isBusy) return { done, answer, isStopped: false };
      isBusy = true;
      for (let intent; (intent = waiting()[0]);) {
        isSending = intent.id;
        if (!intent.tried) keep({ ...intent, tried: true });
        answer = await send(intent);
        isSending = "";
        if (isForLater(answer)) break;
        settle(intent, /** @type {Answer} */ (answer));
        done.push(intent);
      }
      isBusy = false;
      return { done, answer, isStopped: done.length ? isForLater(answer) : !!waiting().length };
    },
  };
}

/** @param {Intent} intent */
const nameOf = ({ at, id }) => `${WAITING}${String(at).padStart(15, "0")}:${id}`;

/** @param {Answer | null} answer @returns {boolean} Whether a change may still be made when it is sent again. */
export const isForLater = (answer) =>
  !answer || answer.status >= 500 || answer.status === 429 || answer.status === 408;

/** @param {any} problem @returns {string | undefined} What it says to people: of the first thing that is wrong. */
export const reason = (problem) => problem?.errors?.[0]?.detail ?? problem?.detail;

/** @param {Record<string, any>} sent @param {Record<string, any> | undefined} current */
const isSame = (sent, current) =>
  !!current && COMPARED.every((name) => !(name in sent) || sent[name] === current[name]);

/**
 * @param {number} tries How often in a row no answer came.
 * @param {number} random From 0 to 1.
 * @returns {number} In how many seconds to try again, from 1 to 90: so many phones do not come back all at once.
 */
export const pause = (tries, random) => Math.min(60, 2 ** tries) * (0.5 + random);
