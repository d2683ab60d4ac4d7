// The worker of those who keep the toolkit on their device. Whoever is online gets what the site has now; the copy
// answers where no answer comes. It writes nothing but what the list of the release names.

import { bring, forget, keptCache, keptLocales } from "./kept.js";

/**
 * @typedef {ExtendableEvent & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
 * @typedef {Event & {waitUntil: (until: Promise<unknown>) => void}} ExtendableEvent
 */

const worker = /** @type {any} */ (globalThis);
// In milliseconds. Who waits longer for a page that is kept gets the copy.
const PATIENCE = 3000;
// The admin has no locale, and the API has no pages.
const PAGE = /^\/((?!api\/)[a-z]{2,3}(?:-[A-Za-z0-9]+)*)\//;
const FILE = /^\/(?:assets|media)\/|^\/widget\/v1\/mark-scoring\.js$|^\/api\/v1\/[^/]+\/widget\/$/;
const SHOWN = ["style", "script", "image", "font", ""];

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {ExtendableEvent} */ event) =>
  event.waitUntil(worker.clients.claim()),
);
worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || request.headers.has("Range")) return;
  if (request.mode === "navigate") {
    const locale = PAGE.exec(url.pathname)?.[1];
    if (locale) event.respondWith(page(event, url, locale));
    else if (url.pathname === "/") event.respondWith(start(request));
  } else if (FILE.test(url.pathname) && !url.search && SHOWN.includes(request.destination)) {
    event.respondWith(file(request, url));
  }
});

/** @param {Request} request */
async function start(request) {
  try {
    return await fetch(request);
  } catch {
    const [locale] = await keptLocales();
    return locale ? Response.redirect(`/${locale}/`) : Response.error();
  }
}

/** @param {FetchEvent} event @param {URL} url @param {string} locale */
async function page(event, url, locale) {
  const cache = await keptCache(locale);
  if (!cache) return fetch(event.request);
  const kept = url.search ? undefined : await cache.match(url.pathname);
  const answer = fetch(event.request);
  event.waitUntil(
    answer.then(
      (found) => follow(cache, locale, url, found),
      () => {},
    ),
  );
  if (kept) return (await inTime(answer)) ?? kept;
  try {
    return await answer;
  } catch {
    return (await cache.match(`/${locale}/offline/unreachable/`)) ?? Response.error();
  }
}

/** @param {Promise<Response>} answer @returns {Promise<Response | undefined>} Nothing when it fails, or comes too late. */
async function inTime(answer) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const found = await Promise.race([answer.catch(() => undefined), late]);
  return found && found.status < 500 ? found : undefined;
}

/** Let what is gone go, and fetch what has changed. @param {Cache} cache @param {string} locale @param {URL} url
 * @param {Response} answer
 */
async function follow(cache, locale, url, answer) {
  if (!url.search && (answer.status === 404 || answer.status === 410)) await forget(cache, locale, url.pathname);
  if (answer.status >= 500) return;
  // One at a time is enough: who comes in the meantime is looked after by the next.
  await navigator.locks.request("bring", { ifAvailable: true }, async (lock) => {
    if (lock) for (const one of await keptLocales()) await bringUp(one);
  });
  if (!(await keptLocales()).length) await worker.registration.unregister();
}

/** @param {string} locale */
async function bringUp(locale) {
  const cache = await keptCache(locale);
  // What does not come now comes after the next page.
  if (cache) await bring(locale, cache).catch(() => {});
}

/** What is below /assets/ changes its address with its bytes. @param {Request} request @param {URL} url */
async function file(request, url) {
  for (const locale of await keptLocales()) {
    const kept = await (await keptCache(locale))?.match(url.pathname);
    if (kept && url.pathname.startsWith("/assets/")) return kept;
    if (kept) return fetch(request).catch(() => kept);
  }
  return fetch(request);
}
