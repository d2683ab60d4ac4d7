// Asking the toolkit: without cookies, without saying from which page, and never for longer than a while.

/** @typedef {import("./types.js").Answer} Answer */

// In milliseconds. On a bad line, what has not come by then does not come.
const PATIENCE = 20_000;

export class Api {
  #toolkit;

  /** @param {string} toolkit The origin of the toolkit. */
  constructor(toolkit) {
    this.#toolkit = toolkit;
  }

  /**
   * @param {string} method
   * @param {string} path Below that of the API.
   * @param {{token?: string, id?: string, body?: object, etag?: string}} [more]
   * @returns {Promise<Answer | null>} Null where no answer came.
   */
  async ask(method, path, more = {}) {
    const answer = await this.#fetch(method, path, more);
    try {
      const text = await answer?.text();
      const { status, headers } = /** @type {Response} */ (answer);
      return { status, body: text ? JSON.parse(text) : null, etag: headers.get("ETag") ?? "", wait: Number(headers.get("Retry-After")) };
    } catch {
      // None came, the line broke in the middle of it, or somebody on the way has answered in the toolkit's place.
      return null;
    }
  }

  /**
   * @param {string} kind The ending of a file that a board can be taken away as.
   * @param {string} token
   * @returns {Promise<Blob | null>}
   */
  async file(kind, token) {
    const answer = await this.#fetch("GET", `board/export.${kind}`, { token });
    return answer?.ok ? answer.blob().catch(() => null) : null;
  }

  /**
   * @param {string} method @param {string} path
   * @param {{token?: string, id?: string, body?: object, etag?: string}} more
   * @returns {Promise<Response | null>}
   */
  async #fetch(method, path, { token, id, body, etag }) {
    /** @type {Record<string, string>} */
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (id) headers["Idempotency-Key"] = id;
    if (etag) headers["If-None-Match"] = etag;
    if (body) headers["Content-Type"] = "application/json";
    try {
      return await fetch(`${this.#toolkit}/api/v1/${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : undefined,
        cache: token ? "no-store" : "default",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout?.(PATIENCE),
      });
    } catch {
      return null;
    }
  }
}

/** @returns {string} A UUID: browsers end the address of a blob with one, also on pages without TLS. */
export function newId() {
  const address = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(address);
  return address.slice(-36);
}
