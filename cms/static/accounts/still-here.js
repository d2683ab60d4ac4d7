// Tells whoever writes in a form that their session has ended, before they press Save: a login page would take the
// place of their text. Once they have logged in, in another tab, the form gets the token that the new session wants.
(() => {
  const { ask, login, out, way, back } = document.currentScript.dataset;
  const EVERY = 20_000;
  let isOut = false;
  // When the session began that this page belongs to.
  let began = null;

  const forms = () => [...document.querySelectorAll("[data-edit-form], form[data-keep]")];

  const note = document.createElement("div");
  note.className = "accounts-out";
  note.setAttribute("role", "alert");
  note.tabIndex = -1;

  function tell() {
    const link = document.createElement("a");
    link.href = login;
    link.target = "_blank";
    link.textContent = way;
    note.replaceChildren(`${out} `, link);
    document.querySelector("main").prepend(note);
  }

  function goOn(token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
    note.replaceChildren(back);
  }

  async function look() {
    if (document.hidden || !forms().length) return;
    const answer = await fetch(ask).then((found) => found.json(), () => null);
    // Without an answer nothing is known: the network may be away.
    if (!answer) return;
    const isAnother = began !== null && answer.in && answer.began !== began;
    if (answer.in) began = answer.began;
    if (!answer.in && !isOut) tell();
    if (answer.in && (isOut || isAnother)) goOn(answer.token);
    isOut = !answer.in;
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (!isOut || !forms().includes(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      note.scrollIntoView();
      note.focus();
      look();
    },
    true,
  );
  document.addEventListener("visibilitychange", look);
  document.addEventListener("w-autosave:error", look);
  window.addEventListener("focus", look);
  document.addEventListener("DOMContentLoaded", look);
  setInterval(look, EVERY);
})();
