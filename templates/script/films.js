// Shows a film of another site in its place, at the press of a button. Until then, that site is asked for nothing.
// A file of its own, for pages that have a film: few have.

for (const ask of document.querySelectorAll(".film")) {
  if (!(ask instanceof HTMLElement)) continue;
  ask.hidden = false;
  ask.querySelector("button")?.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = ask.dataset.title ?? "";
    frame.className = "film-frame";
    frame.allow = "fullscreen";
    // It learns which site it is shown on, for YouTube shows nothing otherwise, but not on which page.
    frame.referrerPolicy = "strict-origin";
    // It may open a window of its own, but lead this page nowhere.
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    frame.src = ask.dataset.frame ?? "";
    ask.replaceWith(frame);
    frame.focus();
  });
}
