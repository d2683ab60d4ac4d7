// What of the toolkit is kept on this device: a cache for each language, which the page fills and the worker reads.

const PREFIX = "kept:";
// Which version of an address a kept answer is.
const VERSION = "x-kept-version";
const AT_ONCE = 4;

/**
 * @typedef {object} List What there is to keep of a language: versions and sizes in bytes, by address.
 * @property {Record<string, [string, number]>} pages
 * @property {Record<string, [string, number]>} own_pages
 * @property {Record<string, [string, number]>} files
 * @property {number} size In bytes, of all of it.
 */
/** @typedef {{done: number, all: number}} Count How many pages are kept, of how many. */

/** @param {string} locale */
const nameOf = (locale) => PREFIX + locale;
/** @param {string} locale */
const listOf = (locale) => `/${locale}/offline.json`;
/** @param {string} path */
const absolute = (path) => new URL(path, location.origin).href;

/** @returns {Promise<string[]>} The languages that are kept, as a whole or in part. */
export const keptLocales = async () =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));

/** @param {string} locale @returns {Promise<Cache | undefined>} What is kept of a language, nothing where it is not. */
export async function keptCache(locale) {
  return (await caches.has(nameOf(locale))) ? caches.open(nameOf(locale)) : undefined;
}

/** @param {string} locale @returns {Promise<Cache>} A place for a language that is to be kept from now on. */
export const newCache = (locale) => caches.open(nameOf(locale));

/** Takes everything away. */
export async function takeAway() {
  for (const locale of await keptLocales()) await caches.delete(nameOf(locale));
}

/** @param {string} locale @returns {Promise<boolean>} Whether all of a language is kept. */
export const isWhole = async (locale) => !!(await (await keptCache(locale))?.match(listOf(locale)));

/** @param {string} locale @returns {Promise<Response>} The list as the site has it now. */
const ask = (locale) => fetch(listOf(locale), { credentials: "omit", cache: "no-cache" });

/** Forget an address that is no more; what else there is to forget is looked for next time.
 * @param {Cache} cache @param {string} locale @param {string} path
 */
export async function forget(cache, locale, path) {
  if (await cache.delete(path)) await cache.delete(listOf(locale));
}

/** @param {string} locale @returns {Promise<List>} The list as it is now, or else as it is kept. */
export async function list(locale) {
  const answer = await ask(locale).catch(async (error) => {
    const kept = await (await keptCache(locale))?.match(listOf(locale));
    if (kept) return kept;
    throw error;
  });
  return answer.json();
}

/**
 * Bring what is kept of a language up to date: only what has changed is fetched, and what is gone goes first.
 * What came before the line broke stays, and is not fetched again.
 * @param {string} locale
 * @param {Cache} cache Where it is kept. What is written after that was taken away leaves no trace.
 * @param {(count: Count) => void} tell
 * @returns {Promise<Count>} Rejects with a TypeError when the line breaks, with a QuotaExceededError without room.
 */
export async function bring(locale, cache, tell = () => {}) {
  const answer = await ask(locale);
  if (answer.status === 404 || answer.status === 410) await caches.delete(nameOf(locale));
  if (!answer.ok) throw new Error(`${answer.status}`);
  const text = await answer.text();
  const wanted = JSON.parse(text);
  const all = Object.keys(wanted.pages).length;
  if ((await (await cache.match(listOf(locale)))?.text()) === text) return { done: all, all };
  const pages = byAddress(wanted.pages);
  const missing = await missingIn(
    cache,
    new Map([...byAddress(wanted.files), ...byAddress(wanted.own_pages), ...pages]),
  );
  const count = { done: all - [...missing.keys()].filter((url) => pages.has(url)).length, all };
  tell(count);
  const isExact = await fetchAll(cache, missing, (url) => {
    if (!pages.has(url)) return;
    count.done += 1;
    tell(count);
  });
  // Only with its list is a language whole. Where the site has moved on in the meantime, the next look fetches the rest.
  if (isExact)
    await cache.put(listOf(locale), new Response(text, { headers: { "Content-Type": "application/json" } }));
  return count;
}

/** @param {Record<string, [string, number]>} versions */
const byAddress = (versions) =>
  new Map(Object.entries(versions).map(([path, [version]]) => [absolute(path), version]));

/**
 * Delete what there is no more, and give what has to be fetched.
 * @param {Cache} cache @param {Map<string, string>} wanted
 */
async function missingIn(cache, wanted) {
  const missing = new Map(wanted);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (!wanted.has(request.url)) await cache.delete(request);
    else if (kept?.headers.get(VERSION) === wanted.get(request.url)) missing.delete(request.url);
  }
  return missing;
}

/**
 * @param {Cache} cache @param {Map<string, string>} missing @param {(url: string) => void} kept
 * @returns {Promise<boolean>} Whether all of it is kept in just the version that was asked for.
 */
async function fetchAll(cache, missing, kept) {
  const waiting = [...missing];
  let isExact = true;
  async function work() {
    for (let next; (next = waiting.shift());) {
      const [url, version] = next;
      const found = await fetchOne(cache, url, version).catch((error) => {
        // The others end with what they are at.
        waiting.length = 0;
        throw error;
      });
      isExact &&= found === version;
      if (found) kept(url);
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return isExact;
}

/** @param {Cache} cache @param {string} url @param {string} version @returns {Promise<string>} Which version came, "" for none. */
async function fetchOne(cache, url, version) {
  // What is taken off the device must not stay in the browser's own cache.
  const answer = await fetch(url, { credentials: "omit", cache: "no-store" });
  if (!mayKeep(answer)) {
    await cache.delete(url);
    return "";
  }
  // The tag of an answer is the digest of its bytes, and may be newer than the list; a plain folder has other tags.
  const tag = /^"([0-9a-f]{16})[0-9a-f]{48}"$/.exec(answer.headers.get("ETag") ?? "");
  const found = tag ? tag[1] : version;
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(VERSION, found);
  await cache.put(url, new Response(await answer.blob(), { headers }));
  return found;
}

/** @param {Response} answer */
const mayKeep = (answer) =>
  answer.ok && !answer.redirected && !/no-store|private/.test(answer.headers.get("Cache-Control") ?? "");
