/** Lets a link to a part of the page be passed on: by what the phone has for it, else by copying its address. */
export function shareParts() {
  const told = document.querySelector(".told p");
  document.addEventListener("click", async (event) => {
    const link = /** @type {Element} */ (event.target).closest(".share a");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Where there is neither, the link does what links do, and the address stands in the browser's bar.
    const shares = "share" in navigator && matchMedia("(pointer: coarse)").matches;
    if (!shares && !navigator.clipboard) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    try {
      if (shares) await navigator.share({ title: document.title, url: link.href });
      else {
        await navigator.clipboard.writeText(link.href);
        tell(told);
      }
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") location.assign(link.href);
    }
  });
}

/**
 * Says so for a while, and again where it has been said before.
 * @param {Element | null} words
 */
function tell(words) {
  if (!(words instanceof HTMLElement)) return;
  words.hidden = true;
  requestAnimationFrame(() => (words.hidden = false));
  clearTimeout(Number(words.dataset.until));
  words.dataset.until = String(setTimeout(() => (words.hidden = true), 6000));
}
