// Filling in the words that the API gives, in the numerals and dates of the reader's language.

/** @typedef {import("./types.js").WidgetDocument} WidgetDocument */

/**
 * @typedef {object} Wording
 * @property {(name: keyof WidgetDocument["words"], values?: Record<string, string | number | null>) => string} say
 * @property {(number: number) => string} number
 * @property {(date: string) => string} day Of a date such as 2026-11-26.
 * @property {(given: import("./types.js").Given) => string} answer
 */

/**
 * @param {WidgetDocument} found
 * @param {string} tag The language that the page says it is in: `ar-EG` has other numerals than `ar-MA`.
 * @returns {Wording}
 */
export function wording({ words, lang }, tag) {
  const language = new RegExp(`^${lang}-[a-z]{2}$`, "i").test(tag) ? tag : lang;
  const number = (/** @type {number} */ value) => value.toLocaleString(language);
  /** @type {Wording["say"]} */
  const say = (name, values = {}) =>
    words[name].replace(/%\((\w+)\)s/g, (_all, key) => {
      const value = values[key];
      return typeof value === "number" ? number(value) : (value ?? "");
    });
  /** @type {Wording["answer"]} */
  const answer = (given) =>
    given === "not-yet" ? say("not_yet") : given === "not-relevant" ? say("not_relevant") : number(Number(given));
  return {
    say,
    number,
    answer,
    day: (date) => new Date(date).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" }),
  };
}

/** @param {string} code @returns {string} A code to join with, in two groups that can be read out. */
export const spaced = (code) => code.replace(/.{4}/, "$& ").toUpperCase();

/** @param {string} tag The language of the page. @returns {string[]} Which locales to ask for, one after the other. */
export const localesToTry = (tag) => [...new Set([tag.split("-")[0], tag.toLowerCase()])];

/** @param {string} list @returns {string[]} Codes that stand in an attribute, with spaces or commas between them. */
export const codesIn = (list) => list.split(/[\s,]+/).filter(Boolean);
