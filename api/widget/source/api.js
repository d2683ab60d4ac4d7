// Asking the toolkit: without cookies, without saying from which page, and never for longer than a while.

/** @typedef {import("./types.js").Answer} Answer */

// In milliseconds. On a bad line, what has not come by then does not come.
const PATIENCE = 20_000;

/**
 * @typedef {object} Api
 * @property {(method: string, path: string, more?: Asked) => Promise<Answer | null>} ask Null where no answer came.
 * @property {(kind: string, token: string) => Promise<Blob | null>} file A board, as a file to take away.
 */
/** @typedef {{token?: string, id?: string, body?: object, etag?: string}} Asked */

/** @param {string} toolkit Its origin. @returns {Api} */
export function apiOf(toolkit) {
  /** @param {string} method @param {string} path @param {Asked} [more] */
  const send = (method, path, { token, id, body, etag } = {}) => {
    /** @type {Record<string, string>} */
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (id) headers["Idempotency-Key"] = id;
    if (etag) headers["If-None-Match"] = etag;
    if (body) headers["Content-Type"] = "application/json";
    return fetch(`${toolkit}/api/v1/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      // Without a token it is the document, which a page may have begun to load before: just so it finds it again.
      credentials: token || body ? "omit" : "same-origin",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
  };
  return {
    async ask(method, path, more) {
      try {
        const answer = await send(method, path, more);
        const text = await answer.text();
        const { status, headers } = answer;
        return {
          status,
          body: text ? JSON.parse(text) : null,
          etag: headers.get("ETag") ?? "",
          wait: Number(headers.get("Retry-After")) || 0,
        };
      } catch {
        // None came, the line broke in the middle of it, or somebody on the way has answered in the toolkit's place.
        return null;
      }
    },
    async file(kind, token) {
      try {
        const answer = await send("GET", `board/export.${kind}`, { token });
        return answer.ok ? await answer.blob() : null;
      } catch {
        return null;
      }
    },
  };
}

/** @returns {string} A UUID: browsers end the address of a blob with one, also on pages without TLS. */
export function newId() {
  const address = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(address);
  return address.slice(-36);
}
