// The parts that the views of a mark, a board and a visitor's own scores are put together from.

import { h } from "./dom.js";

/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Worded} Worded */

/**
 * What all views need to know beside what they show.
 * @typedef {import("./text.js").Wording & Shown} Ui
 */

/**
 * @typedef {object} Shown
 * @property {import("./types.js").WidgetDocument} found
 * @property {string} toolkit The origin of the toolkit.
 * @property {Record<string, string>} drafts What is being written, by field.
 * @property {Record<string, boolean>} opened Which folded parts are open.
 * @property {string} problem What is wrong with the form that was sent last.
 * @property {string} problemAt Which form that is.
 */

/** @param {Worded} worded @returns {Record<string, string | undefined>} The attributes for a text in a language. */
export const inLanguage = ({ lang, dir }) => ({ lang, dir });

/** @param {...any} act What is done, and with what. @returns {string} As it stands on an element. */
export const doing = (...act) => JSON.stringify(act);

/** @param {string} label @param {...any} act */
export const button = (label, ...act) =>
  h("button", { type: "button", part: "button", "data-do": doing(...act) }, label);

/** @param {string} href @param {string} label An address elsewhere, in a window of its own that learns nothing of this page. */
export const away = (href, label) => h("a", { href, target: "_blank", rel: "noreferrer" }, label);

/**
 * A field for words.
 * @param {Ui} ui
 * @param {string} draft The name under which what is written is kept.
 * @param {string} label
 * @param {{max: number, rows?: number, value?: string}} about `rows` where there is room for several lines.
 */
export function field(ui, draft, label, { max, rows, value = "" }) {
  const shown = ui.drafts[draft] ?? value;
  const attributes = { id: draft, maxlength: max, dir: "auto", "data-draft": draft, autocomplete: "off" };
  const input = rows
    ? h("textarea", { ...attributes, rows, value: shown })
    : h("input", { ...attributes, type: "text", value: shown });
  return h("p.field", {}, h("label", { for: draft }, label), input);
}

/** @param {Ui} ui @param {string} draft @param {string} label A box to tick. */
export const box = (ui, draft, label) =>
  h(
    "p.box",
    {},
    h("label", {}, h("input", { type: "checkbox", "data-draft": draft, checked: !!ui.drafts[draft] }), " ", label),
  );

/** @param {Ui} ui @param {string} label For how many months to keep a board. @param {string} draft */
export function monthsField(ui, label, draft) {
  const chosen = ui.drafts[draft] ?? "12";
  const options = ui.found.months.map(({ number, words }) =>
    h("option", { value: String(number), selected: String(number) === chosen }, words),
  );
  return h(
    "p.field",
    {},
    h("label", { for: draft }, label),
    h("select", { id: draft, "data-draft": draft }, ...options),
  );
}

/** @param {Ui} ui @param {string} form @returns {HTMLElement | null} What is wrong with a form. */
export const problemOf = (ui, form) =>
  ui.problemAt === form && ui.problem ? h("p.problem", { role: "alert", part: "notice" }, ui.problem) : null;

/**
 * A part that is folded. What is in it is made when somebody opens it.
 * @param {Ui} ui @param {string} name @param {string} summary @param {() => import("./dom.js").Child[]} inside
 */
export function folded(ui, name, summary, inside) {
  const isOpen = !!ui.opened[name];
  return h("details", { "data-key": name, open: isOpen }, h("summary", {}, summary), ...(isOpen ? inside() : []));
}

/**
 * Ten numbers and two reasons to give none: one group of radio buttons, none of them chosen to begin with.
 * @param {Ui} ui
 * @param {string} name Of the group, and of what it describes.
 * @param {string} title Of the mark: whoever hears the page and goes from field to field has to know.
 * @param {import("./dom.js").Child} legend
 * @param {Given} given
 * @param {Record<string, string>} data What becomes of what is chosen.
 */
export function scoreField(ui, name, title, legend, given, data) {
  const { say, number: written, found } = ui;
  const { lowest, highest } = found;
  const ends = { [lowest]: say("lowest"), [highest]: say("highest") };
  const radio = (/** @type {string | number} */ value, /** @type {import("./dom.js").Child[]} */ ...label) =>
    h(
      "label",
      {},
      h("input", { type: "radio", name, value, checked: given === value, ...data }),
      h("span", { part: "number" }, ...label),
    );
  const numbers = [];
  for (let number = lowest; number <= highest; number++) {
    numbers.push(radio(number, written(number), ends[number] && h("small", {}, ` ${ends[number]}`)));
  }
  return h(
    "fieldset.score",
    { part: "score" },
    h("legend", {}, h("small", {}, title, ": "), legend, h("small", {}, " ", say("range", { lowest, highest }))),
    h(
      "div.ends",
      { "aria-hidden": "true" },
      ...[lowest, highest].map((n) => h("span", inLanguage(found), `${written(n)}: ${ends[n]}`)),
    ),
    h("div.numbers", {}, ...numbers),
    h("div.others", {}, radio("not-yet", say("not_yet")), radio("not-relevant", say("not_relevant"))),
  );
}

/** @param {Ui} ui @returns {import("./dom.js").Child} The question that a score answers. */
export function question({ found, say }) {
  const prompt = found.prompts.find(({ code }) => code === "score");
  return prompt ? h("span", inLanguage(prompt), prompt.text) : say("how_far");
}
