/** Reads the page aloud at the press of a button. How that is done is fetched then: most people do not ask for it. */
export function listen() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".listen"));
  if (!button || !("speechSynthesis" in window)) return;
  /** @type {(() => void) | undefined} */
  let begin;
  button.addEventListener("click", async () => {
    // Some phones let a page speak only from the press itself on.
    if (!begin) speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    begin ??= (await import(button.dataset.script ?? "")).readAloud(button);
    begin?.();
  });
}
