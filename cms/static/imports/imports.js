/* Optional: everything on these screens works without this script. */

/* In the form that brings in a document: what the clipboard has beside plain text keeps headings and lists. */
const MOST = 1_500_000; // letters: a form with more than 2.5 MB is refused

function keepPastedHtml(text) {
  const html = document.querySelector("[data-imports-html]");
  const status = document.querySelector("[data-imports-kept]");
  let pasted = null;
  const tell = () => {
    const keeps = pasted !== null && text.value === pasted;
    if (!keeps) html.value = "";
    status.textContent = keeps && html.value ? status.dataset.text : "";
  };
  text.addEventListener("paste", (event) => {
    const found = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    // Only a paste that fills the whole field: else the two would not say the same.
    const fills = text.selectionEnd - text.selectionStart === text.value.length;
    html.value = fills && found.length + text.value.length < MOST ? found : "";
    setTimeout(() => {
      pasted = fills ? text.value : null;
      tell();
    });
  });
  text.addEventListener("input", () => setTimeout(tell));
}

/* In the list of paragraphs: Enter goes on to the next, Shift and Enter back, and after the last to the button. */
function goOnWithEnter(form) {
  const stops = [...form.querySelectorAll("select[name$='-kind']"), form.querySelector(".import-buttons button")];
  form.addEventListener("keydown", (event) => {
    const at = event.key === "Enter" ? stops.indexOf(event.target) : -1;
    if (at < 0 || event.target.localName !== "select") return;
    event.preventDefault();
    const next = stops[at + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "center" });
  });
}

for (const text of document.querySelectorAll("[data-imports-text]")) keepPastedHtml(text);
for (const form of document.querySelectorAll("[data-imports-paragraphs]")) goOnWithEnter(form);
