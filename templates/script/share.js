/** Lets a link be passed on: by what the phone has for it, else by copying its address. */
export function shareLinks() {
  document.addEventListener("click", async (event) => {
    const link = /** @type {Element} */ (event.target).closest(".share a");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Where there is neither, the link does what links do, and the address stands in the browser's bar.
    if (!canPassOn()) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    if (!(await passOn(link.href))) location.assign(link.href);
  });
  for (const button of document.querySelectorAll("button[data-link]")) showButton(button);
}

/**
 * Shows a button that passes a link on. The link itself stands beside it, for whoever cannot press it.
 * @param {Element} button
 */
function showButton(button) {
  if (!(button instanceof HTMLButtonElement) || !button.parentElement || !canPassOn()) return;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const done = await passOn(button.dataset.link ?? "");
    if (!done && button.parentElement) button.parentElement.hidden = true;
  });
}

/** Tells whether this is a phone, or the like, that has a way of its own. */
const shares = () => "share" in navigator && matchMedia("(pointer: coarse)").matches;

const canPassOn = () => shares() || Boolean(navigator.clipboard);

/**
 * Passes an address on, and tells whether that was possible; also if somebody then thought better of it.
 * @param {string} url
 */
async function passOn(url) {
  try {
    if (shares()) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      tell(document.querySelector(".told p"));
    }
    return true;
  } catch (error) {
    return /** @type {Error} */ (error).name === "AbortError";
  }
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
