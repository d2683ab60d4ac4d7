// The page that keeps the toolkit on this device, for those who press its button.

import { bring, isWhole, keptLocales, list, newCache, takeAway } from "./kept.js";

/** @typedef {import("./kept.js").Count} Count */

const MEGABYTE = 1_000_000;
// A line is read out at so many pages: nobody wants to hear each of them.
const STEP = 10;

const place = /** @type {HTMLElement | null} */ (document.querySelector(".keeping"));
if (place && "serviceWorker" in navigator && "caches" in window) offer(place, place.dataset.locale ?? "");

/** @param {HTMLElement} place @param {string} locale */
async function offer(place, locale) {
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (place.querySelector(`[data-part="${name}"]`));
  const bar = /** @type {HTMLProgressElement} */ (part("bar"));
  const show = (/** @type {string} */ name, /** @type {boolean} */ is) => (part(name).hidden = !is);
  const filled = (/** @type {Element} */ words, /** @type {Record<string, unknown>} */ numbers) =>
    (words.textContent ?? "").replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
  const say = (/** @type {string} */ word, numbers = {}) =>
    (part("says").textContent = filled(
      /** @type {Element} */ (place.querySelector(`[data-word="${word}"]`)),
      numbers,
    ));
  let isBusy = false;
  let count = { done: 0, all: 0 };

  async function state() {
    const whole = await isWhole(locale);
    show("keep", !whole && !isBusy);
    show("take", (await keptLocales()).length > 0);
    show("bar", isBusy);
    return whole;
  }

  /** @param {Count} now */
  function tell(now) {
    count = { ...now };
    bar.max = now.all;
    bar.value = now.done;
    if (now.done % STEP === 0) say("done", now);
  }

  async function keep() {
    if (isBusy) return;
    isBusy = true;
    try {
      show("keep", false);
      show("bar", true);
      await navigator.serviceWorker.register("/sw.js");
      navigator.storage?.persist?.();
      count = await bring(locale, await newCache(locale), tell);
      say((await isWhole(locale)) ? "whole" : "done", count);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      if (isFull) say("full");
      else if (error instanceof TypeError && count.all) say("broken", count);
      else say("failed");
    }
    isBusy = false;
    await state();
  }

  async function take() {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    await takeAway();
    say("taken");
    await state();
    part("keep").querySelector("button")?.focus();
  }

  part("keep").querySelector("button")?.addEventListener("click", keep);
  part("take").querySelector("button")?.addEventListener("click", take);
  // What was begun goes on by itself when the line is back.
  window.addEventListener("online", async () => (await keptLocales()).includes(locale) && keep());
  show("cannot", false);
  const whole = await state();
  const found = await list(locale).catch(() => undefined);
  if (!found) return;
  const pages = Object.keys(found.pages).length;
  if (whole) say("whole", { all: pages });
  const size = Math.max(1, Math.round(found.size / MEGABYTE));
  part("size").textContent = filled(part("size"), { pages, size });
  show("size", true);
}
