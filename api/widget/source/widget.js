// What is shown in the widget, and what happens when somebody does something there.

import { acts } from "./acts.js";
import { announcer, standing } from "./announce.js";
import { sessionOf } from "./board.js";
import { h, morph, morphChildren, put } from "./dom.js";
import { isFrame, tellAround } from "./frame.js";
import { boardFoot, boardHead, goneView, joinView, refusals, startView } from "./group-view.js";
import { begin, goOn, linkHere, takeToken, tokenIn } from "./joining.js";
import { boardCard, ownCard } from "./mark-view.js";
import { pause, reason } from "./outbox.js";
import { storageOfPage, storeOf } from "./store.js";
import { wording } from "./text.js";
import { button } from "./views.js";

/** @typedef {import("./types.js").WidgetDocument} WidgetDocument */
/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{id: string, of: unknown, make: () => HTMLElement}} Card */

// In milliseconds.
const DRAFTS_KEPT_AFTER = 300;
const SAID_FOR = 4000;
// So many marks are drawn at once, the others right after: people can begin, and the page goes on doing other things.
const ROOM = 4;

/**
 * Fill a shadow root with the widget.
 * @param {object} given
 * @param {ShadowRoot} given.root
 * @param {WidgetDocument} given.found
 * @param {string} given.tag The language that the page says it is in.
 * @param {string} given.toolkit Its origin.
 * @param {import("./api.js").Api} given.api
 * @param {import("./types.js").Schemas["WidgetMark"][]} given.marks Those to score.
 * @param {string} given.board The token of the link of a board to join, or "".
 * @param {string} given.asked What the page asks for, as the query of an address.
 * @param {import("./store.js").Store} given.store What the device keeps for these marks.
 * @param {(name: string, detail: Record<string, unknown>) => void} given.emit
 * @param {(error: unknown) => void} given.failed
 */
export function scoring({ root, found, tag, toolkit, api, marks, board, asked, store, emit, failed }) {
  const words = wording(found, tag);
  const { say } = words;
  /** @type {import("./views.js").Ui} */
  const ui = { ...words, found, toolkit, drafts: store.get("drafts") ?? {}, opened: {}, problem: "", problemAt: "" };
  /** @type {import("./board.js").Session | null} */
  let session = null;
  let link = takeToken() || board || "";
  let isJoining = false;
  let joinTries = 0;
  let isTrying = false;
  let said = "";
  let wasWaiting = false;
  /** @type {ReturnType<typeof setTimeout>} */
  let joinTimer;
  /** @type {ReturnType<typeof setTimeout>} */
  let saidTimer;
  /** @type {ReturnType<typeof setTimeout>} */
  let draftTimer;
  /** @type {Map<string, string>} What each mark that is shown was drawn from. */
  const drawn = new Map();

  let room = ROOM;

  const head = h("div.head");
  const list = h("div");
  const foot = h("div");
  const status = h("p.status", { role: "status", part: "status" });
  const announce = announcer(mention);
  const tell = tellAround(toolkit, () => !!session?.outbox.waiting.length);

  // --- Showing -----------------------------------------------------------------------------------------------------

  /** Show everything as it is now. What has not changed is left alone. */
  function draw() {
    const focus = /** @type {HTMLElement | null} */ (root.activeElement);
    const near = focus?.closest("section")?.querySelector("h3");
    const [above, cards, below] = parts();
    morphChildren(head, h("div", {}, ...above));
    drawCards(cards);
    morphChildren(foot, h("div", {}, ...below));
    drawStatus();
    // Who had the focus on what is gone now goes on from the heading before it, and not from the top of the page.
    if (focus && !focus.isConnected) (near?.isConnected ? near : head.querySelector("h2"))?.focus();
    tell();
  }

  /** @param {Card[]} cards */
  function drawCards(cards) {
    const there = new Map(
      [.../** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)].map((card) => [card.dataset.key, card]),
    );
    let at = list.firstElementChild;
    for (const { id, of, make } of cards.slice(0, room)) {
      const now = JSON.stringify(of);
      const card = there.get(id) ?? make();
      if (there.has(id) && drawn.get(id) !== now) morph(card, make());
      if (card === at) at = at.nextElementSibling;
      else list.insertBefore(card, at);
      drawn.set(id, now);
      there.delete(id);
    }
    for (const card of there.values()) card.remove();
    if (room < cards.length) setTimeout(() => ((room += ROOM), guarded(draw)));
  }

  /** @returns {[Child[], Card[], Child[]]} What stands above the marks, the marks, and what stands below. */
  function parts() {
    const now = session?.board;
    const heading = h(
      "h2",
      { tabindex: -1, part: "title" },
      h("bdi", {}, now?.title || say(session || isJoining ? "together" : "title")),
    );
    const review = found.needs_review && h("p.hint", {}, say("needs_review"));
    const mayTakeAlong = hasScores();
    if (session) {
      const refused = refusals(ui, session.outbox.refused);
      if (session.isGone) return [[heading, goneView(ui), ...refused], [], []];
      return now ? boardParts(now, [heading, ...refused], review) : [[heading], [], [review]];
    }
    if (isJoining) return [[heading, joinView(ui, mayTakeAlong, link)], [], [review]];
    const cards = marks.map((mark) => {
      const given = alone(mark.code);
      return { id: mark.code, of: given, make: () => ownCard(ui, mark, given) };
    });
    const mine =
      mayTakeAlong &&
      h(
        "div.form",
        {},
        button(say("print"), "print"),
        button(say("download"), "download"),
        button(say("delete_mine"), "delete-alone"),
      );
    return [
      [heading, h("p", {}, say("alone"))],
      cards,
      [mine, startView(ui, mayTakeAlong, `/${found.locale}/score/?${asked}`), review],
    ];
  }

  /** @param {import("./types.js").Board} now @param {Child[]} above @param {Child} review @returns {[Child[], Card[], Child[]]} */
  function boardParts(now, above, review) {
    const { waiting } = /** @type {import("./board.js").Session} */ (session).outbox;
    const isShown = !!now.round.shown_at;
    const place = now.most_disagreed;
    const inOrder = [...now.marks].sort((one, other) => place.indexOf(one.id) - place.indexOf(other.id));
    const cards = inOrder.map((mark) => {
      const isLate =
        session?.isAway && waiting.some(({ path, body }) => path.includes(mark.id) || body?.mark === mark.id);
      const late = isLate ? lateness() : "";
      const text = JSON.stringify(mark);
      const open = Object.keys(ui.opened).filter(
        (name) => ui.opened[name] && text.includes(name.replace(/^\w+-/, "")),
      );
      const wrong = ui.problemAt.includes(mark.id) && ui.problem;
      return { id: mark.id, of: [text, isShown, late, open, wrong], make: () => boardCard(ui, mark, isShown, late) };
    });
    announce(standing(now, say));
    const label = h("h3", {}, say(isShown ? "different_first" : "marks"));
    return [[...above, ...boardHead(ui, now), label], cards, [...boardFoot(ui, now, links(now)), review]];
  }

  /** @param {import("./types.js").Board} now @returns {[string, string]} The link for others, and that to one's own page of the board. */
  function links({ invitation: { path } }) {
    const token = tokenIn(path);
    if (token && link !== token) remember(token);
    const own = `${toolkit}/${found.locale}/score/board/${session?.token}/`;
    return [isFrame(toolkit) ? toolkit + path : linkHere(token), own];
  }

  const lateness = () => say(session?.outbox.lasts ? "not_sent" : "not_kept");

  function drawStatus() {
    const isWaiting = !!session?.outbox.waiting.length;
    const isDone = wasWaiting && !isWaiting;
    wasWaiting = isWaiting;
    if (isDone) return mention(say("saved"));
    const isAway = session?.isAway || joinTries;
    const isSending = isWaiting || store.get("joining");
    const text = isAway ? (isWaiting ? lateness() : say("no_connection")) : isSending ? say("sending") : said;
    if (status.textContent !== text) status.textContent = text;
    return undefined;
  }

  /** @param {string} text Say something for a moment. */
  function mention(text) {
    said = text;
    clearTimeout(saidTimer);
    if (text) saidTimer = setTimeout(() => mention(""), SAID_FOR);
    drawStatus();
  }

  // --- Hearing -----------------------------------------------------------------------------------------------------

  /** @param {any} event */
  function hear({ type, target, key }) {
    const { dataset, localName, value, checked, type: kind } = target;
    if (type === "toggle") fold(target);
    if (type === "input" && dataset.draft) write(dataset.draft, kind === "checkbox" ? (checked ? "yes" : "") : value);
    if (type === "change" && dataset.do) act(dataset.do, value);
    if (type === "click") act(target.closest("button")?.dataset.do);
    // There are no forms: a page in a sandbox may not send any. Enter does what it does in one.
    if (key === "Enter" && localName === "input" && kind === "text")
      target.closest(".form, details").querySelector("button").click();
  }

  /** @param {HTMLDetailsElement} details */
  function fold({ dataset: { key = "" }, open }) {
    if (!!ui.opened[key] === open) return;
    ui.opened[key] = open;
    draw();
  }

  /** @param {string} draft @param {string} text Keep what is being written, without drawing anything. */
  function write(draft, text) {
    ui.drafts[draft] = text;
    clearTimeout(draftTimer);
    draftTimer = setTimeout(keepDrafts, DRAFTS_KEPT_AFTER);
  }

  /** Names do not lie on the device before somebody has sent them, and to be sure is for once. */
  const keepDrafts = () =>
    store.set("drafts", Object.fromEntries(Object.entries(ui.drafts).filter(([name]) => !/name|sure/.test(name))));

  /** @param {string[]} drafts Forget what was written in fields, for it has been sent. */
  function written(...drafts) {
    for (const draft of drafts) {
      delete ui.drafts[draft];
      const field = /** @type {any} */ (root.getElementById(draft));
      if (field) field.value = "";
    }
    keepDrafts();
  }

  /** @param {string} part Fold a part again, whose form has been sent. */
  function closed(part) {
    const details = /** @type {HTMLDetailsElement | null} */ (root.querySelector(`[data-key="${part}"]`));
    if (details?.contains(root.activeElement)) details.querySelector("summary")?.focus();
    if (details) details.open = ui.opened[part] = false;
  }

  /** @param {string} draft */
  const draft = (draft) => (ui.drafts[draft] ?? "").trim();

  /** @param {string} form @param {string} problem Say what is wrong with a form; "" for nothing. */
  function wrong(form, problem) {
    [ui.problemAt, ui.problem] = [form, problem];
    draw();
    return !!problem;
  }

  /** @param {string | undefined} doing What somebody has done. @param {string} [value] What they have chosen. */
  function act(doing, value) {
    if (!doing) return;
    const [name, ...about] = JSON.parse(doing);
    ui.problem = "";
    DO[name](...about, value);
  }

  // --- Alone ---------------------------------------------------------------------------------------------------------

  /** @param {string} code @returns {Given} What a visitor has scored for themselves. */
  const alone = (code) => store.get(`alone:${code}`) ?? null;

  const hasScores = () => !!store.names("alone:").length;

  /** @returns {string[][]} Marks and scores, in words. */
  const rows = () =>
    marks.filter(({ code }) => alone(code) != null).map(({ code, title }) => [title, words.answer(alone(code))]);

  // --- Together ------------------------------------------------------------------------------------------------------

  /** @param {string} token @param {string} its The token of the board's link, as far as it is known. */
  function enter(token, its) {
    session?.stop();
    [isJoining, link] = [false, its];
    session = sessionOf({
      api,
      store: storeOf(`${store.start}board ${token.slice(0, 8)} `, storageOfPage()),
      token,
      language: { lang: found.lang, dir: found.dir },
      changed: () => guarded(changed),
    });
    remember(its);
    session.start();
  }

  /** @param {string} its Remember by which link this board is joined: who follows it again is on it already. */
  function remember(its) {
    if (its !== link) store.remove(`token:${link}`);
    link = its;
    store.set(`token:${link}`, session?.token);
    store.set("link", link);
  }

  /** Something else is to be shown of the board. */
  function changed() {
    if (store.get("along") && session?.known) {
      store.remove("along");
      for (const { id, code, mine } of session.known.marks) {
        const given = alone(code);
        if (given != null && mine == null) session.want("PUT", `answers/${id}/`, { answer: given });
      }
    }
    draw();
  }

  /** @param {"join" | "open"} kind @param {Record<string, unknown>} body @param {string} [its] */
  function getOn(kind, body, its = "") {
    if (draft("along")) store.set("along", true);
    begin(store, kind, { ...body, locale: found.locale }, its);
    join();
  }

  /** Go on with joining or opening a board, until the server has said yes or no. */
  async function join() {
    if (isTrying) return;
    isTrying = true;
    clearTimeout(joinTimer);
    draw();
    const got = await goOn(store, api);
    isTrying = false;
    const isBegun = store.get("joining");
    joinTries = isBegun ? joinTries + 1 : 0;
    if (isBegun) joinTimer = setTimeout(join, 1000 * pause(joinTries, Math.random()));
    else if (got?.token) {
      written("name", "own-name", "code", "title", "along");
      enter(got.token, got.link);
    } else if (got?.answer) {
      const { status, body } = got.answer;
      emit("error", { code: body?.code ?? "refused", status });
      wrong(got.kind, reason(body) ?? say("failed"));
    }
    guarded(draw);
  }

  /** Forget a board on this device, and go back to scoring alone. */
  function setAside() {
    session?.stop();
    session?.store.clear("");
    store.remove(`token:${link}`);
    store.remove("link");
    [session, link, isJoining] = [null, "", false];
    draw();
  }

  /** @param {() => unknown} act Whatever goes wrong in it, the page gets back what was inside the element. */
  function guarded(act) {
    try {
      act();
    } catch (error) {
      failed(error);
    }
  }

  const DO = acts({
    ui,
    found,
    store,
    marks,
    api,
    emit,
    draft,
    draw,
    written,
    closed,
    wrong,
    rows,
    mention,
    getOn,
    setAside,
    session: () => session,
  });

  const frame = h("div.widget", { lang: found.lang, dir: found.dir, part: "widget" }, head, list, foot, status);
  put(root, frame);
  for (const event of ["click", "change", "input", "keydown", "toggle"]) {
    frame.addEventListener(event, (/** @type {any} */ happened) => guarded(() => hear(happened)), true);
  }
  const token = store.get(`token:${link || (store.get("link") ?? "")}`);
  if (token) enter(token, link || store.get("link"));
  else isJoining = !!link;
  draw();
  if (store.get("joining")) join();

  return {
    stop: () => (session?.stop(), clearTimeout(joinTimer)),
    wake: () => {
      if (document.hidden) return;
      session?.start();
      if (store.get("joining")) join();
    },
  };
}
