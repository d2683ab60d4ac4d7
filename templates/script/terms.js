/** Shows what a term means where it stands, in the words of the list at the end of the page that it leads to. */
export function explainTerms() {
  const terms = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.term"));
  /** @type {Map<HTMLAnchorElement, HTMLElement>} */
  const open = new Map();
  /** @param {HTMLAnchorElement} term */
  const close = (term) => {
    open.get(term)?.remove();
    open.delete(term);
    term.setAttribute("aria-expanded", "false");
  };
  /** @param {HTMLAnchorElement} term */
  const toggle = (term) => {
    const wasOpen = open.has(term);
    for (const other of open.keys()) close(other);
    const meaning = document.getElementById(term.hash.slice(1));
    if (wasOpen || !meaning) return;
    open.set(term, show(term, meaning));
    term.setAttribute("aria-expanded", "true");
  };
  for (const term of terms) {
    term.setAttribute("role", "button");
    term.setAttribute("aria-expanded", "false");
    term.addEventListener("click", (event) => {
      event.preventDefault();
      toggle(term);
    });
    term.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(term);
      if (event.key !== " ") return;
      event.preventDefault();
      toggle(term);
    });
  }
}

/**
 * Puts a box with the meaning below the paragraph that a term stands in.
 * @param {HTMLElement} term
 * @param {HTMLElement} meaning
 */
function show(term, meaning) {
  const box = document.createElement("div");
  box.className = "term-meaning";
  // Read out when words come into it; it may hold none before.
  box.setAttribute("role", "status");
  const place = term.closest("p, li") ?? term;
  if (place.localName === "li") place.append(box);
  else place.after(box);
  requestAnimationFrame(() => {
    for (const part of meaning.querySelectorAll(":scope > :is(dt, dd)")) {
      const copy = document.createElement("div");
      copy.className = part.localName;
      copy.append(...[...part.childNodes].map((node) => node.cloneNode(true)));
      copy.querySelector(".back")?.remove();
      box.append(copy);
    }
  });
  return box;
}
