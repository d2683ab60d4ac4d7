/** Marks, in a list of links to parts of the page, the part that is being read. */
export function followScroll() {
  for (const list of document.querySelectorAll(".contents, .quick")) {
    const links = new Map();
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (list.querySelectorAll("a[href^='#']"))) {
      const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (part) links.set(part, link);
    }
    if (links.size) follow(links);
  }
}

/** @param {Map<HTMLElement, HTMLAnchorElement>} links each part of the page with the link to it, in their order */
function follow(links) {
  const mark = () => {
    // A part is read from when its heading has come into the upper third until the next one's has.
    const line = window.innerHeight / 3;
    let here = null;
    for (const part of links.keys()) if (part.getBoundingClientRect().top <= line) here = part;
    for (const [part, link] of links) {
      if (part === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      mark();
    });
  };
  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon, { passive: true });
  mark();
}
