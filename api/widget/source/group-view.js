// Everything around the marks of a board: joining it, showing its scores, letting others in, taking it away.

import { h } from "./dom.js";
import { reason } from "./outbox.js";
import { spaced } from "./text.js";
import { away, box, button, field, folded, inLanguage, monthsField, problemOf } from "./views.js";

/** @typedef {import("./views.js").Ui} Ui */
/** @typedef {import("./types.js").Board} Board */

const LONGEST_TITLE = 200;
const LONGEST_NAME = 60;
const FILES = /** @type {const} */ (["xlsx", "csv", "json"]);

/** @param {Ui} ui @param {boolean} hasScores */
const takeAlong = (ui, hasScores) => hasScores && box(ui, "along", ui.say("take_along"));

/** @param {Ui} ui @param {string} draft */
const nameField = (ui, draft) => [
  field(ui, draft, ui.say("name"), { max: LONGEST_NAME }),
  h("p.hint", {}, ui.say("name_hint")),
];

/**
 * How a visitor comes to score with others.
 * @param {Ui} ui
 * @param {boolean} hasScores
 * @param {string} startPath Where boards are opened on the toolkit's own site.
 */
export const startView = (ui, hasScores, startPath) =>
  folded(ui, "together", ui.say("together"), () => [
    h("p", {}, ui.say("together_text")),
    takeAlong(ui, hasScores),
    h(
      "div.form",
      {},
      h("h3", {}, ui.say("have_code")),
      problemOf(ui, "join"),
      field(ui, "code", ui.say("code"), { max: 20 }),
      ...nameField(ui, "name"),
      button(ui.say("join"), "join-code"),
    ),
    h(
      "div.form",
      {},
      h("h3", {}, ui.say("open_new")),
      problemOf(ui, "open"),
      field(ui, "title", ui.say("board_title"), { max: LONGEST_TITLE }),
      ...nameField(ui, "own-name"),
      monthsField(ui, ui.say("kept_for"), "months"),
      h("p.hint", {}, ui.say("no_keeper")),
      button(ui.say("open"), "open"),
      away(`${ui.toolkit}${startPath}`, ui.say("our_site")),
    ),
  ]);

/**
 * What somebody sees who came by a board's link.
 * @param {Ui} ui
 * @param {boolean} hasScores
 * @param {string} link
 */
export const joinView = (ui, hasScores, link) =>
  h(
    "div.form",
    {},
    h("p", {}, ui.say("invited")),
    problemOf(ui, "join"),
    ...nameField(ui, "name"),
    takeAlong(ui, hasScores),
    button(ui.say("join"), "join-link", link),
    button(ui.say("alone_again"), "set-aside"),
  );

/** @param {Ui} ui @param {Board} board */
export function boardHead(ui, { round, people, ends_on, ends_soon }) {
  const { say, day } = ui;
  const isAlone = people.length < 2;
  return [
    h(
      "p",
      {},
      say("round", { number: round.number }),
      " ",
      say("people", { number: people.length }),
      " ",
      !round.shown_at && say("have_answered", { number: round.people }),
    ),
    !round.shown_at && h("p.hint", {}, say("hidden")),
    ends_soon && h("p.notice", { part: "notice" }, say("ends_soon", { day: day(ends_on) })),
    round.asked &&
      h(
        "div.notice",
        { part: "notice" },
        h("p", {}, say(round.asked_by_me ? "asked_by_me" : "asked")),
        !round.asked_by_me && round.few && !isAlone && h("p", {}, say("few")),
        !round.asked_by_me && button(say("yes_show"), "want", "POST", "show/"),
        button(say("not_yet"), "want", "DELETE", "show/"),
      ),
  ];
}

/**
 * @param {Ui} ui @param {Board} board
 * @param {[string, string]} links For others to join by, and of one's own page.
 */
export function boardFoot(ui, board, [joinLink, ownLink]) {
  const { say } = ui;
  const isShown = !!board.round.shown_at;
  return [
    ...(isShown ? after(ui, board) : ready(ui, board)),
    folded(ui, "invite", say("invite"), () => invite(ui, board, joinLink)),
    folded(ui, "away", say("take_away"), () => [
      h(
        "ul",
        {},
        h("li", {}, away(`${ownLink}results/`, say("page_to_print"))),
        ...FILES.map((kind) => h("li", {}, button(say(kind), "export", kind))),
      ),
    ]),
    folded(ui, "yours", say("yours"), () => yours(ui, board, ownLink)),
  ];
}

/** @param {Ui} ui @param {Board} board */
function ready(ui, { round, people }) {
  const { say } = ui;
  const isAlone = people.length < 2;
  return [
    !round.asked &&
      h(
        "div.form",
        {},
        h("h3", {}, say("ready")),
        h("p", {}, say(isAlone ? "show_alone" : "how_to_show")),
        round.few && !isAlone && h("p", {}, say("few")),
        button(say("show"), "want", "POST", "show/"),
      ),
    folded(ui, "own-mark", say("own_mark"), () => [
      problemOf(ui, "own-mark"),
      field(ui, "new-mark", say("what_else"), { max: LONGEST_TITLE }),
      button(say("add"), "add-mark"),
    ]),
  ];
}

/** @param {Ui} ui @param {Board} board */
function after(ui, { round }) {
  const { say } = ui;
  return [
    h(
      "div.form",
      {},
      h("h3", {}, say("come_back")),
      h("p", {}, say("come_back_text")),
      button(say("new_round"), "want", "PUT", `rounds/${round.number + 1}/`),
    ),
    folded(ui, "forget", say("forget_title"), () => [
      h("p", {}, say("forget_text")),
      problemOf(ui, "forget"),
      box(ui, "sure-forget", say("forget_sure")),
      button(say("forget"), "sure", "forget", "POST", "forget/"),
    ]),
  ];
}

/** @param {Ui} ui @param {Board} board @param {string} joinLink */
function invite(ui, { invitation, people }, joinLink) {
  const { say } = ui;
  const who = people.map(({ name, me }) =>
    h("li", {}, h("bdi", {}, name || say("nameless")), me && ` ${say("you")}`),
  );
  if (!invitation.open)
    return [
      h("p", {}, say("closed")),
      button(say("reopen"), "want", "PUT", "joining/", { open: true }),
      h("ul", {}, ...who),
    ];
  return [
    h("p", {}, say("join_link")),
    h("p.address", { dir: "ltr" }, h("a", { href: joinLink }, joinLink)),
    problemOf(ui, "invite"),
    button(say("pass_on"), "pass-on", joinLink),
    invitation.code && h("p", {}, say("or_code"), " ", h("strong", { dir: "ltr" }, spaced(invitation.code))),
    button(say("new_code"), "want", "POST", "code/"),
    button(say("close"), "want", "PUT", "joining/", { open: false }),
    h("h3", {}, say("who")),
    h("ul", {}, ...who),
  ];
}

/** @param {Ui} ui @param {Board} board @param {string} ownLink */
function yours(ui, { people, ends_on }, ownLink) {
  const { say, day } = ui;
  const me = people.find((person) => person.me);
  return [
    h("p", {}, away(ownLink, say("own_page"))),
    h(
      "div.form",
      {},
      field(ui, "my-name", say("my_name"), { max: LONGEST_NAME, value: me?.name ?? "" }),
      button(say("change"), "rename"),
    ),
    h(
      "div.form",
      {},
      monthsField(ui, say("kept_until", { day: day(ends_on) }), "longer"),
      button(say("longer"), "keep-longer"),
    ),
    h(
      "div.form",
      {},
      problemOf(ui, "leave"),
      box(ui, "sure-leave", say("leave_sure")),
      button(say("leave"), "sure", "leave", "DELETE", "me/"),
    ),
  ];
}

/** @param {Ui} ui @param {import("./types.js").Refusal[]} refused What the server did not take, with both versions. */
export const refusals = (ui, refused) =>
  refused.map(({ intent, problem }) => {
    const { say } = ui;
    const mine = intent.body ?? {};
    const current = problem?.current;
    const isConflict = problem?.code === "conflict" && current;
    return h(
      "div.notice",
      { "data-key": `r-${intent.id}`, part: "notice" },
      h("p", {}, isConflict ? say("conflict") : (reason(problem) ?? say("failed"))),
      isConflict && h("div", {}, h("p", {}, say("theirs")), version(ui, current)),
      hasWords(mine) && h("div", {}, h("p", {}, say("mine")), version(ui, { ...mine, ...inLanguage(ui.found) })),
      isConflict && button(say("keep_mine"), "dismiss", intent.id, true),
      button(say(isConflict ? "keep_theirs" : "seen"), "dismiss", intent.id),
    );
  });

/** @param {Record<string, any>} body */
const hasWords = (body) => ["answer", "text", "title", "name"].some((name) => body[name]);

/** @param {Ui} ui @param {Record<string, any>} said */
const version = ({ answer }, said) =>
  h(
    "blockquote",
    { part: "note" },
    h(
      "p.written",
      said.lang ? inLanguage(said) : { dir: "auto" },
      (said.answer ?? said.score) != null && h("strong", {}, `${answer(said.answer ?? said.score)} `),
      said.why ?? said.text ?? said.title ?? said.name ?? "",
    ),
  );

/** @param {Ui} ui What somebody sees whose board is not there any more. */
export const goneView = (ui) =>
  h(
    "div.notice",
    { part: "notice" },
    h("h3", {}, ui.say("gone")),
    h("p", {}, ui.say("gone_text")),
    button(ui.say("alone_again"), "set-aside"),
  );
