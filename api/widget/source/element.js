// <mark-scoring>: what is inside it stays on the page until all is there to score with, and comes back if that fails.

import { apiOf } from "./api.js";
import { h, put } from "./dom.js";
import { pause } from "./outbox.js";
import { storageOfPage, storeOf } from "./store.js";
import style from "./style.css";
import { codesIn, localesToTry } from "./text.js";
import { scoring } from "./widget.js";

/** @typedef {import("./types.js").WidgetDocument} WidgetDocument */

/** The origin that this script came from. */
export const HOME = new URL(import.meta.url).origin;
// What tells that somebody looks again, or that there is a network again.
const WAKERS = /** @type {const} */ (["online", "focus", "visibilitychange"]);

export class MarkScoring extends HTMLElement {
  static observedAttributes = ["toolkit", "stage", "mark", "locale", "board"];

  /** @type {ReturnType<typeof scoring> | undefined} What is shown and heard, once there is something. */
  #scoring;
  /** @type {object} The last attempt to begin: an earlier one that is still at it is of no use. */
  #attempt = {};
  /** @type {ShadowRoot | undefined} */
  #root;
  #wake = () => this.#scoring?.wake();
  #tries = 0;
  /** Whether the browser has told of all attributes that the element had to begin with. */
  #isThere = false;

  connectedCallback() {
    this.#isThere = true;
    for (const event of WAKERS) window.addEventListener(event, this.#wake);
    this.#begin();
  }

  disconnectedCallback() {
    for (const event of WAKERS) window.removeEventListener(event, this.#wake);
    this.#scoring?.stop();
    this.#isThere = false;
  }

  attributeChangedCallback() {
    if (this.#isThere) this.#begin();
  }

  /** Read the attributes and the document, and show what there is. */
  async #begin() {
    const attempt = (this.#attempt = {});
    this.#scoring?.stop();
    try {
      const given = (/** @type {string} */ name) => this.getAttribute(name) ?? "";
      const toolkit = given("toolkit") ? new URL(given("toolkit"), document.baseURI).origin : HOME;
      const api = apiOf(toolkit);
      const tag = given("locale") || this.closest("[lang]")?.getAttribute("lang") || "en";
      const found = await read(api, given("locale") ? [tag] : localesToTry(tag));
      if (attempt !== this.#attempt || !this.#isThere) return;
      const marks = found && chosen(found, codesIn(given("stage")), codesIn(given("mark")));
      if (!found) {
        // The line may be better in a while.
        setTimeout(
          () => attempt === this.#attempt && this.#isThere && this.#begin(),
          1000 * pause(++this.#tries, Math.random()),
        );
        return this.#fail("unreachable");
      }
      if (!(marks?.length || given("board"))) return this.#fail("no-such-mark");
      const start = `mark-scoring ${toolkit} ${given("stage")} ${given("mark")} `;
      this.#scoring = scoring({
        root: this.#attach(),
        found,
        tag,
        toolkit,
        api,
        marks: marks ?? [],
        board: given("board"),
        asked: ["stage", "mark"]
          .flatMap((name) => codesIn(given(name)).map((code) => `${name}=${encodeURIComponent(code)}`))
          .join("&"),
        store: storeOf(start, storageOfPage()),
        emit: (name, detail) => this.#emit(name, detail),
        failed: (error) => this.#fail("broken", error),
      });
    } catch (error) {
      this.#fail("broken", error);
    }
  }

  /** @returns {ShadowRoot} With its stylesheet: one that was constructed, which no policy of the page forbids. */
  #attach() {
    if (this.#root) return this.#root;
    const root = (this.#root = this.attachShadow({ mode: "open" }));
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(h("style", {}, style));
    }
    return root;
  }

  /** @param {string} code Why there is nothing to score with here: what is inside the element shows again. @param {unknown} [error] */
  #fail(code, error) {
    if (error) console.error(error);
    this.#scoring?.stop();
    if (this.#root) put(this.#root, h("slot"));
    this.#emit("error", { code, status: 0 });
  }

  /** @param {string} name @param {Record<string, unknown>} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`mark-scoring:${name}`, { bubbles: true, composed: true, detail }));
  }
}

/**
 * @param {import("./api.js").Api} api
 * @param {string[]} locales
 * @returns {Promise<WidgetDocument | null>} In the first of these locales that there is, else in that of the toolkit.
 */
async function read(api, locales) {
  const at = (/** @type {string} */ locale) => api.ask("GET", `${encodeURIComponent(locale)}/widget/`);
  let answer;
  for (const locale of locales) {
    answer = await at(locale);
    if (answer?.status !== 404) break;
  }
  if (answer?.status === 404) answer = await at((await api.ask("GET", ""))?.body.locales[0].locale);
  return answer?.status === 200 ? answer.body : null;
}

/** @param {WidgetDocument} found @param {string[]} stages @param {string[]} marks Codes; without any, all marks. */
function chosen(found, stages, marks) {
  const isAll = !stages.length && !marks.length;
  return found.stages.flatMap((stage) =>
    stage.marks.filter(({ code }) => isAll || stages.includes(stage.code) || marks.includes(code)),
  );
}
