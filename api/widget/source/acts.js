// What people can do, by the name that stands on what they press.

import { newId } from "./api.js";
import { h } from "./dom.js";

/** @typedef {import("./types.js").Given} Given */

/** @param {Given | undefined} given */
const kindOf = (given) => (given == null ? "cleared" : typeof given === "number" ? "score" : given);

/** @param {string} value @returns {any} */
const asAnswer = (value) => (/^\d+$/.test(value) ? Number(value) : value);

/** @param {string} name @param {Blob} blob */
function save(name, blob) {
  const href = URL.createObjectURL(blob);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * @param {object} widget
 * @param {import("./views.js").Ui} widget.ui
 * @param {import("./types.js").WidgetDocument} widget.found
 * @param {import("./store.js").Store} widget.store
 * @param {import("./types.js").Schemas["WidgetMark"][]} widget.marks
 * @param {import("./api.js").Api} widget.api
 * @param {(name: string, detail: Record<string, unknown>) => void} widget.emit
 * @param {(draft: string) => string} widget.draft
 * @param {() => void} widget.draw
 * @param {(...drafts: string[]) => void} widget.written
 * @param {(part: string) => void} widget.closed
 * @param {(form: string, problem: string) => boolean} widget.wrong
 * @param {() => string[][]} widget.rows
 * @param {(text: string) => void} widget.mention
 * @param {(kind: "join" | "open", body: Record<string, unknown>, link?: string) => void} widget.getOn
 * @param {() => void} widget.setAside
 * @param {() => import("./board.js").Session | null} widget.session
 * @returns {Record<string, (...about: any[]) => unknown>} They get what stands on the element and, last, what was chosen.
 */
export function acts({
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
  session,
}) {
  const { say } = ui;

  /** @param {import("./types.js").Intent["method"]} method @param {string} path @param {Record<string, any>} [body] */
  const want = (method, path, body) => session()?.want(method, path, body);

  /** @param {string} mark @returns {import("./types.js").BoardMark | undefined} */
  const markOf = (mark) => session()?.board?.marks.find(({ id }) => id === mark);

  /** @param {string} mode @param {string | undefined} mark @param {Given} given Tell the page that something was scored, and not what. */
  const scored = (mode, mark, given) => emit("score", { mode, mark, kind: kindOf(given) });

  /** @param {string} code @param {Given} given */
  function scoreAlone(code, given) {
    const name = `alone:${code}`;
    const lasts = given == null || store.set(name, given);
    if (given == null) store.remove(name);
    mention(say(lasts ? "saved_here" : "not_kept_here"));
    scored("alone", code, given);
    draw();
  }

  return {
    want,
    // Without a value, what was chosen is taken back.
    "score-alone": (mark, value) => scoreAlone(mark, value && asAnswer(value)),
    "delete-alone": () => (store.clear("alone:"), draw()),
    download: () => {
      const text = rows()
        .map((row) => row.map((cell) => `"${cell.replace(/"/g, '""')}"`).join())
        .join("\r\n");
      save("scores.csv", new Blob(["\ufeff", text], { type: "text/csv" }));
    },
    print: () => {
      const page = window.open("", "_blank");
      if (!page) return window.print();
      const { body } = page.document;
      body.innerText = rows()
        .map(([title, score]) => `${score} – ${title}`)
        .join("\n");
      body.dir = "auto";
      return page.print();
    },
    "join-link": (link) => getOn("join", { token: link, name: draft("name") }, link),
    "join-code": () => getOn("join", { code: draft("code"), name: draft("name") }),
    open: () =>
      getOn("open", {
        codes: marks.map(({ code }) => code),
        title: draft("title"),
        name: draft("own-name"),
        months: Number(draft("months") || 12),
        // Scripts of this page could take the keeper's power, and a page of another site is nobody's to trust with it.
        with_keeper: false,
      }),
    "set-aside": setAside,
    answer: (mark, value) => {
      const answer = value && asAnswer(value);
      if (value) want("PUT", `answers/${mark}/`, { answer });
      else want("DELETE", `answers/${mark}/`);
      scored("board", markOf(mark)?.code, answer);
    },
    note: (mark) => {
      const [kind, text] = [draft(`kind-${mark}`), draft(`text-${mark}`)];
      if (wrong(`note-${mark}`, kind && text ? "" : say(kind ? "few_words" : "what_is_it"))) return;
      written(`kind-${mark}`, `text-${mark}`);
      want("PUT", `notes/${newId()}/`, { mark, kind, text, version: 0 });
    },
    "change-note": (mark, note, kind, version) => {
      const text = draft(`change-${note}`);
      written(`change-${note}`);
      closed(`note-${note}`);
      if (text) want("PUT", `notes/${note}/`, { mark, kind, text, version });
    },
    agree: (mark) => {
      const before = markOf(mark)?.agreed;
      const chosen = draft(`agree-${mark}`);
      const answer = chosen ? asAnswer(chosen) : before?.answer;
      if (wrong(`agree-${mark}`, answer == null ? say("choose") : "")) return;
      const why = (ui.drafts[`why-${mark}`] ?? before?.why ?? "").trim();
      written(`agree-${mark}`, `why-${mark}`);
      closed(`agreeing-${mark}`);
      want("PUT", `agreed/${mark}/`, { answer, why, version: before?.version ?? 0 });
      emit("agree", { mark: markOf(mark)?.code, round: session()?.board?.round.number });
    },
    dissent: (mark) => {
      const text = draft(`dtext-${mark}`);
      if (wrong(`dissent-${mark}`, text ? "" : say("because"))) return;
      const score = draft(`dscore-${mark}`) || null;
      written(`dtext-${mark}`, `dscore-${mark}`);
      closed(`dissenting-${mark}`);
      want("PUT", `dissents/${newId()}/`, { mark, score, text, version: 0 });
    },
    "add-mark": () => {
      const title = draft("new-mark");
      if (wrong("own-mark", title ? "" : say("what_else"))) return;
      written("new-mark");
      want("PUT", `marks/${newId()}/`, { title });
    },
    // What cannot be taken back.
    sure: (form, method, path) => {
      if (wrong(form, draft(`sure-${form}`) ? "" : say("sure"))) return;
      written(`sure-${form}`);
      closed(form);
      want(method, path);
    },
    rename: () => {
      const name = draft("my-name");
      written("my-name");
      want("PUT", "me/", { name, locale: found.locale });
    },
    "pass-on": async (url) => {
      try {
        if ("share" in navigator && matchMedia("(pointer:coarse)").matches) await navigator.share({ url });
        else {
          await navigator.clipboard.writeText(url);
          mention(say("copied"));
        }
      } catch (error) {
        // The page may forbid both. Who only thought better of it is told nothing.
        if (/** @type {Error} */ (error).name !== "AbortError") wrong("invite", say("by_hand"));
      }
    },
    "keep-longer": () => want("PUT", "end/", { months: Number(draft("longer") || 12) }),
    export: async (kind) => {
      const blob = await api.file(kind, session()?.token ?? "");
      if (blob) return save(`scores.${kind}`, blob);
      return mention(say("failed"));
    },
    dismiss: (id, isMine) => {
      const { outbox } = /** @type {import("./board.js").Session} */ (session());
      const refusal = outbox.refused.find(({ intent }) => intent.id === id);
      outbox.dismiss(id);
      if (!isMine || !refusal) return draw();
      const { intent, problem } = refusal;
      return want(intent.method, intent.path, { ...intent.body, version: problem.current.version });
    },
  };
}
