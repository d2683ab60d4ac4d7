import { SETTINGS, choose, chosen, show } from "./reading.js";

/** Lets a reader say how they like to read. The page has been shown as they chose before: see first.js. */
export function readingSettings() {
  const box = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".reading-settings"));
  const form = box?.querySelector("form");
  if (!box || !form) return;
  const fill = () => {
    for (const name of SETTINGS) pick(form, name, document.documentElement.dataset[name] ?? "");
  };
  form.addEventListener("change", ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    choose(name, value);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of SETTINGS) choose(name, "");
    fill();
  });
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  // Another tab has changed something, or the browser brings back a page as it was left.
  const again = () => {
    for (const name of SETTINGS) show(name, chosen(name));
    fill();
  };
  window.addEventListener("storage", again);
  window.addEventListener("pageshow", ({ persisted }) => persisted && again());
  fill();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function pick(form, name, value) {
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[name="${name}"]`)))
    radio.checked = radio.value === value;
}
