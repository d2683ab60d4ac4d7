// How somebody likes to read: what they chose stays on their device, and stands on <html> for the stylesheet to see.

export const SETTINGS = ["text", "space", "font", "colours"];
const KEPT = "reading-";

/**
 * Gives what was chosen on this device, "" for what was not, or where nothing may be kept.
 * @param {string} name
 */
export function chosen(name) {
  try {
    return localStorage.getItem(KEPT + name) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keeps a choice on this device, and shows it; "" takes it back. Where nothing may be kept it holds for this page.
 * @param {string} name
 * @param {string} value
 */
export function choose(name, value) {
  show(name, value);
  try {
    if (value) localStorage.setItem(KEPT + name, value);
    else localStorage.removeItem(KEPT + name);
  } catch {
    // A device that keeps nothing: the page still is as its reader asked.
  }
}

/**
 * Puts a choice where the stylesheet sees it.
 * @param {string} name
 * @param {string} value
 */
export function show(name, value) {
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}
