// What Wagtail's checker asks of each link in a preview: does it say where it leads? The words that say nothing come
// with the rule (cms/plain_language/axe.py).

const SIGNS = /^[\s.,:;!?…»«>“”"'()[\]→›*]+|[\s.,:;!?…»«>“”"'()[\]→›*]+$/g;
const ADDRESS = /^(https?:\/\/|www\.|mailto:)\S+$/i;

function saysNothing(link, options) {
  const said = axe.commons.text.accessibleText(link).toLowerCase().replace(SIGNS, "").replace(/\s+/g, " ");
  return options.texts.includes(said) || ADDRESS.test(said);
}

function tellAxe() {
  window.axe?.configure({ checks: [{ id: "toolkit-link-text-says-nothing", evaluate: saysNothing }] });
}

if (window.axe) tellAxe();
else addEventListener("DOMContentLoaded", tellAxe);
