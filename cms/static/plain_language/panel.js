// Asks the server, a moment after somebody has stopped typing, what in the form could be plainer, and leads to it.

// In milliseconds: how often the form is looked at, and how long it has to stay as it is before the server is asked.
// Its rich texts hand over what was typed without telling anybody, so nothing but looking finds every change.
const LOOK = 200;
const QUIET = 800;
// What changes although nobody has written anything.
const OURS_NOT = /^(csrfmiddlewaretoken|next|loaded_revision_|overwrite_revision_|comments-|comment_|wagtail-)/;
const WRITABLE = "input:not([type=hidden]):not([type=file]), textarea, select, [contenteditable=true]";

// The findings that stand in the panel.
let shown = "";

const panel = document.querySelector("[data-plain-language]");
const form = document.querySelector("#page-edit-form, [data-edit-form]");
if (panel && form) start();

function start() {
  let seen = null;
  let asked = null;
  let since = 0;
  let asking = null;
  setInterval(() => {
    if (document.hidden) return;
    const now = written();
    if (now !== seen) [seen, since] = [now, Date.now()];
    else if (now !== asked && (asked === null || Date.now() - since >= QUIET)) {
      asked = now;
      asking?.abort();
      asking = new AbortController();
      ask(now, asking.signal);
    }
  }, LOOK);
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (button) goTo(button.dataset.place, button.dataset.words);
  });
}

function written() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS_NOT.test(name));
  return new URLSearchParams(fields).toString();
}

async function ask(body, signal) {
  const of = new URL(form.action, document.baseURI).pathname;
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const answer = await fetch(`${panel.dataset.plainLanguage}?of=${encodeURIComponent(of)}`, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
      signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") say(panel.dataset.trouble);
  }
}

function show({ count, said, html }) {
  const findings = panel.querySelector("[data-findings]");
  // Who stands on one of the buttons stays there, or at its neighbour.
  const buttons = () => [...findings.querySelectorAll("[data-place]")];
  const at = buttons().indexOf(document.activeElement);
  if (shown !== html) {
    findings.innerHTML = html;
    shown = html;
    if (at >= 0) buttons()[Math.min(at, buttons().length - 1)]?.focus();
  }
  say(said);
  const toggle = document.querySelector('[data-side-panel-toggle="plain-language"]');
  const counter = toggle?.querySelector("[data-side-panel-toggle-counter]");
  if (!counter) return;
  counter.textContent = String(count);
  counter.hidden = count === 0;
  toggle.dataset.name ??= toggle.getAttribute("aria-label");
  toggle.setAttribute("aria-label", `${toggle.dataset.name}: ${said}`);
}

// The same words are not said twice.
function say(words) {
  const place = panel.querySelector("[data-said]");
  if (place.textContent !== words) place.textContent = words;
}

function goTo(place, words) {
  const field = fieldAt(place.split("."));
  if (!field) return;
  uncover(field);
  // A piece that only refers to something, such as a quote, has nothing but buttons.
  const target = field.matches(WRITABLE) ? field : (field.querySelector(WRITABLE) ?? field.querySelector("button"));
  if (!target) return;
  target.focus();
  target.scrollIntoView({ block: "center" });
  select(target, words);
  closeWhatCovers(target);
}

// A place is the name of a field, then the id of a block, then the part of the block; of a credit, its id and a field.
function fieldAt([first, ...rest]) {
  if (first === "credits") return creditAt(rest);
  let found =
    form.querySelector(`[data-contentpath="${CSS.escape(first)}"]`) ??
    form.querySelector(`[name="${CSS.escape(first)}"]`);
  for (const part of rest) {
    found = found?.querySelector(`[data-contentpath="${CSS.escape(part)}"]`) ?? found;
  }
  return found;
}

function creditAt([id, name]) {
  const of = form.querySelector(`[name^="credits-"][name$="-id"][value="${CSS.escape(id ?? "")}"]`);
  return (
    (of && form.querySelector(`[name="${of.name.replace(/id$/, name)}"]`)) ??
    form.querySelector("#panel-child-content-credits-section")
  );
}

// Open the tab and the folded parts that a field is in.
function uncover(field) {
  for (let part = field.parentElement; part && part !== form; part = part.parentElement) {
    if (part.matches("[role=tabpanel]")) document.querySelector(`[role=tab][href="#${part.id}"]`)?.click();
    if (part.matches("[data-panel]")) {
      const fold = part.querySelector("[data-panel-toggle]");
      if (fold?.getAttribute("aria-expanded") === "false") fold.click();
    }
  }
}

// Put the cursor on the words that it is about.
function select(target, words) {
  if (!words) return;
  if (target.setSelectionRange && target.value) {
    const start = target.value.indexOf(words);
    if (start >= 0) target.setSelectionRange(start, start + words.length);
    return;
  }
  const nodes = document.createTreeWalker(target, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const start = node.data.indexOf(words);
    if (start >= 0) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + words.length);
      document.getSelection().removeAllRanges();
      document.getSelection().addRange(range);
      node.parentElement.scrollIntoView({ block: "center" });
      return;
    }
  }
}

// On a small screen the panel lies over the form.
function closeWhatCovers(target) {
  const side = document.querySelector("[data-form-side]");
  const [a, b] = [side.getBoundingClientRect(), target.getBoundingClientRect()];
  if (a.left < b.right && b.left < a.right && a.width > 0) {
    side.querySelector("[data-form-side-close-button]")?.click();
    target.focus();
  }
}
