// One mark: to be scored, or with all its scores to talk about.

import { h } from "./dom.js";
import { away, button, doing, field, folded, inLanguage, problemOf, question, scoreField } from "./views.js";

/** @typedef {import("./views.js").Ui} Ui */
/** @typedef {import("./types.js").BoardMark} BoardMark */
/** @typedef {import("./types.js").BoardResult} BoardResult */

const LONGEST = 2000;

/**
 * @param {Ui} ui
 * @param {{code: string, title: string, summary: string, path: string} & import("./types.js").Worded} mark
 * @param {string} id
 * @param {import("./dom.js").Child[]} parts
 */
function card(ui, mark, id, parts) {
  return h(
    "section.mark",
    { part: "mark", "data-key": id },
    h("h3", { tabindex: -1, part: "mark-title", ...inLanguage(mark) }, h("bdi", {}, mark.title)),
    mark.summary && h("p", inLanguage(mark), mark.summary),
    mark.path && h("p", {}, away(`${ui.toolkit}${mark.path}`, ui.say("read_more"))),
    ...parts,
  );
}

/**
 * A mark that a visitor scores for themselves alone.
 * @param {Ui} ui
 * @param {import("./types.js").Schemas["WidgetMark"]} mark
 * @param {import("./types.js").Given} given
 */
export const ownCard = (ui, mark, given) =>
  card(ui, mark, mark.code, [
    scoreField(ui, `s-${mark.code}`, mark.title, question(ui), given, { "data-do": doing("score-alone", mark.code) }),
    given != null && button(ui.say("clear"), "score-alone", mark.code),
  ]);

/**
 * A mark on a board.
 * @param {Ui} ui
 * @param {BoardMark} mark
 * @param {boolean} isShown
 * @param {string} waits Says that something of it has not been sent.
 */
export function boardCard(ui, mark, isShown, waits) {
  const { say, number } = ui;
  const isOwn = !mark.code && !isShown;
  return card(ui, mark, mark.id, [
    ...(isShown ? talk(ui, mark) : score(ui, mark)),
    waits && h("p.waits", { part: "status" }, waits),
    folded(ui, `notes-${mark.id}`, `${say("notes")} (${number(mark.notes.length)})`, () => notes(ui, mark, isShown)),
    isOwn && button(say("take_off"), "want", "DELETE", `marks/${mark.id}/`),
  ]);
}

/** @param {Ui} ui @param {BoardMark} mark */
function score(ui, mark) {
  const { say } = ui;
  return [
    scoreField(ui, `s-${mark.id}`, mark.title, question(ui), mark.mine, { "data-do": doing("answer", mark.id) }),
    mark.mine != null && button(say("clear"), "answer", mark.id),
    h("p.hint", {}, say("answered_here", { number: mark.answered })),
  ];
}

/** @param {Ui} ui @param {BoardMark} mark */
function talk(ui, mark) {
  const { say, answer } = ui;
  const { id, agreed } = mark;
  const chosen = ui.drafts[`agree-${id}`];
  const given = chosen === undefined ? (agreed?.answer ?? null) : /^\d+$/.test(chosen) ? Number(chosen) : chosen;
  return [
    result(ui, mark.result),
    ...mark.before.map((past) => before(ui, past)),
    agreed &&
      h(
        "div.agreed",
        {},
        h("p", {}, say("agreed"), " ", h("strong", {}, answer(agreed.answer))),
        agreed.why && h("p.written", inLanguage(agreed), agreed.why),
      ),
    ...mark.dissents.map((one) => dissent(ui, one, true)),
    folded(ui, `agreeing-${id}`, say("agree"), () => [
      problemOf(ui, `agree-${id}`),
      scoreField(ui, `agree-${id}`, mark.title, say("agree_score"), /** @type {any} */ (given), {
        "data-draft": `agree-${id}`,
      }),
      field(ui, `why-${id}`, say("why"), { max: LONGEST, rows: 3, value: agreed?.why ?? "" }),
      button(say("keep_agreed"), "agree", id),
    ]),
    folded(ui, `dissenting-${id}`, say("dissent"), () => [
      problemOf(ui, `dissent-${id}`),
      field(ui, `dscore-${id}`, say("dissent_score"), { max: 3 }),
      field(ui, `dtext-${id}`, say("because"), { max: LONGEST, rows: 3 }),
      button(say("keep_beside"), "dissent", id),
    ]),
  ];
}

/** @param {Ui} ui @param {BoardResult | null} found */
function result(ui, found) {
  const { say, number: written } = ui;
  if (!found?.count) return h("p", {}, say("nobody"), " ", ...reasons(ui, found));
  const { lowest, highest } = found;
  const columns = [];
  for (let number = ui.found.lowest; number <= ui.found.highest; number++) {
    const count = found.scores.find(({ score }) => score === number)?.count ?? 0;
    const isWithin = number >= (lowest ?? 0) && number <= (highest ?? 0);
    columns.push(
      h(
        isWithin ? "span.within" : "span",
        {},
        ...Array.from({ length: count }, () => h("i")),
        h("b", {}, written(number)),
      ),
    );
  }
  const range = say("from_to", { lowest, highest });
  const heard = found.scores.map(({ score, count }) => `${say("answer")} ${written(score)}: ${written(count)}`);
  return h(
    "div.result",
    {},
    h("div.dots", { role: "img", "aria-label": [say("all_scores"), ...heard].join(". ") }, ...columns),
    h("p", {}, range, " ", ...reasons(ui, found)),
  );
}

/** @param {Ui} ui @param {BoardResult | null} found */
const reasons = ({ say, number }, found) =>
  [
    found?.not_yet && ` · ${say("not_yet_count")} ${number(found.not_yet)}`,
    found?.not_relevant && ` · ${say("not_relevant_count")} ${number(found.not_relevant)}`,
    found?.forgotten && ` · ${say("forgotten")}`,
  ].filter(Boolean);

/** @param {Ui} ui @param {import("./types.js").BoardPast} past */
function before(ui, { round, agreed, result: found, wording_changed, dissents }) {
  const { say, answer } = ui;
  if (!agreed && !found?.count) return null;
  return h(
    "div.then",
    {},
    h(
      "p",
      {},
      say("then", { number: round }),
      " ",
      agreed
        ? h("strong", {}, answer(agreed.answer))
        : say("not_agreed", { lowest: found?.lowest ?? null, highest: found?.highest ?? null }),
      wording_changed && h("small", {}, ` ${say("wording_changed")}`),
    ),
    agreed?.why && h("p.written", inLanguage(agreed), agreed.why),
    ...dissents.map((one) => dissent(ui, one, false)),
  );
}

/** @param {Ui} ui @param {import("./types.js").BoardDissent} one @param {boolean} isNow */
const dissent = ({ say, number }, { id, score: said, text, mine, lang, dir }, isNow) =>
  h(
    "blockquote.dissent",
    { "data-key": `d-${id}`, part: "note" },
    h("p.written", { lang, dir }, said && h("strong", {}, `${number(said)} – `), text),
    mine && isNow && button(say("delete"), "want", "DELETE", `dissents/${id}/`),
  );

/** @param {Ui} ui @param {BoardMark} mark @param {boolean} isShown */
function notes(ui, mark, isShown) {
  const { say } = ui;
  const { id } = mark;
  const kind = ui.drafts[`kind-${id}`];
  const radio = (/** @type {string} */ value, /** @type {string} */ label) =>
    h(
      "label",
      {},
      h("input", { type: "radio", name: `kind-${id}`, value, checked: kind === value, "data-draft": `kind-${id}` }),
      " ",
      label,
    );
  return [
    !isShown && h("p.hint", {}, say("notes_hidden")),
    ...mark.notes.map((note) => noteCard(ui, note, id, isShown)),
    h(
      "div.form",
      {},
      problemOf(ui, `note-${id}`),
      h(
        "fieldset",
        {},
        h("legend", {}, say("what_is_it")),
        radio("ladder", say("a_ladder")),
        radio("snake", say("a_snake")),
        radio("action", say("an_action")),
      ),
      field(ui, `text-${id}`, say("few_words"), { max: LONGEST, rows: 3 }),
      button(say("add"), "note", id),
    ),
  ];
}

/** @param {Ui} ui @param {import("./types.js").BoardNote} note @param {string} mark @param {boolean} isShown */
function noteCard(ui, { id, kind, text, version, mine, lang, dir }, mark, isShown) {
  const { say } = ui;
  return h(
    `div.note.${kind}`,
    { "data-key": `n-${id}`, part: "note" },
    h("p", {}, h("strong", {}, say(kind))),
    h("p.written", { lang, dir }, text),
    (mine || isShown) &&
      folded(ui, `note-${id}`, say("change"), () => [
        field(ui, `change-${id}`, say("few_words"), { max: LONGEST, rows: 3, value: text }),
        button(say("change"), "change-note", mark, id, kind, version),
        button(say("delete"), "want", "DELETE", `notes/${id}/`),
      ]),
  );
}
