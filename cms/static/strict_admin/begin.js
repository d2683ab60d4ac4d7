// Wagtail begins its choosers, dates and lists of forms by scripts that stand in the page. Our pages say the same by
// attributes: <template data-begin="PageChooser" data-with='["id_place", {…}]'>, wherever HTML comes into the page.
// This script stands before all others, so that it sees new HTML before Wagtail's controllers do: they take menus out
// of it, in which a chooser has to find its buttons.
const BEGUN = /^(?:\w+Chooser|InlinePanel|MultipleChooserPanel)$/;

/** @param {HTMLTemplateElement} template */
function begin(template) {
  const { begin: name, with: given } = template.dataset;
  // Whatever is moved within the page comes into it again.
  template.remove();
  // Whoever could put an attribute into the page would call anything by it.
  if (!BEGUN.test(name)) return;
  const [called, values] = [window[name], JSON.parse(given)];
  // Names of classes begin with a capital letter.
  if (/^[A-Z]/.test(name)) new called(...values);
  else called(...values);
}

new MutationObserver((changes) => {
  const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element);
  const found = added.flatMap((node) => [node, ...node.querySelectorAll("template")]);
  for (const one of new Set(found)) if (one.isConnected && one.matches("template[data-begin]")) begin(one);
}).observe(document, { childList: true, subtree: true });
