// Making elements, and making what is on the page like what was made: without HTML, so that no text can become any.

/** @typedef {string | number | Node | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

// What browsers know as the state of an element and not by its attribute.
const STATES = ["checked", "value"];

/**
 * @param {string} name The element's name, with classes after dots.
 * @param {Attributes} [attributes] Those that are false, null or undefined are left out.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = /** @type {any} */ (document.createElement(tag));
  if (classes.length) element.className = classes.join(" ");
  for (const child of children.flat()) if (child || child === 0) element.append(child);
  for (const attribute of Object.keys(attributes)) {
    const value = attributes[attribute];
    if (STATES.includes(attribute)) element[attribute] = value ?? "";
    else if (value !== false && value != null) element.setAttribute(attribute, value === true ? "" : value);
  }
  // A radio button or an option has its value as an attribute, too.
  if (attributes.value != null && tag !== "textarea") element.setAttribute("value", attributes.value);
  return element;
}

/** @param {any} node @returns {string} */
const keyOf = (node) => node.dataset?.key ?? "";

/**
 * Make an element like another. What is alike stays: the focus, what is being written, what is open.
 * @param {any} from
 * @param {any} to
 */
export function morph(from, to) {
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  for (const { name } of [...from.attributes])
    if (name !== "open" && !to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of [...to.attributes])
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  morphChildren(from, to);
  const isWriting =
    from.getRootNode().activeElement === from && (from.localName === "textarea" || from.type === "text");
  for (const state of STATES) if (!isWriting && from[state] !== to[state]) from[state] = to[state];
}

/** @param {any} from @param {any} to */
export function morphChildren(from, to) {
  const keyed = new Map();
  for (const child of from.childNodes) if (keyOf(child)) keyed.set(keyOf(child), child);
  let at = from.firstChild;
  for (const child of [...to.childNodes]) {
    const key = keyOf(child);
    const match = key
      ? keyed.get(key)
      : at && !keyOf(at) && at.nodeName === child.nodeName && at.className === child.className
        ? at
        : null;
    if (!match) from.insertBefore(child, at);
    else {
      if (match === at) at = at.nextSibling;
      else from.insertBefore(match, at);
      morph(match, child);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** @param {ShadowRoot} root @param {HTMLElement} element Put something into a root, in the place of what was shown there. */
export function put(root, element) {
  root.querySelector("slot, .widget")?.remove();
  root.append(element);
}
