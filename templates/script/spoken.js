// What of a page is read aloud: its text in order, block by block, each with its language.

const LEFT_OUT =
  "nav, form, button, input, select, textarea, svg, audio, video, script, .share, .back, [aria-hidden='true']";
// Longer ones some browsers break off after 15 seconds; slowly read, 160 letters take less.
const LONGEST = 160;

/** @typedef {{ block: Element, lang: string, text: string }} Piece */

/**
 * Gives the text of an element that can be seen, in order.
 * @param {Element} root
 * @returns {Piece[]}
 */
export function piecesOf(root) {
  /** @type {Piece[]} */
  const pieces = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, nodeValue } = walker.currentNode;
    if (!parent || !nodeValue || parent.closest(LEFT_OUT) || !isSeen(parent)) continue;
    const block = blockOf(parent);
    const lang = parent.closest("[lang]")?.getAttribute("lang") ?? "";
    const last = pieces.at(-1);
    if (last && last.block === block && last.lang === lang) last.text += nodeValue;
    else if (nodeValue.trim()) pieces.push({ block, lang, text: nodeValue });
  }
  for (const piece of pieces) piece.text = piece.text.replace(/\s+/g, " ").trim();
  return pieces;
}

/** @param {Element} element */
function isSeen(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

/** @param {Element} element */
function blockOf(element) {
  let block = element;
  while (block.parentElement && /^(inline$|contents)/.test(getComputedStyle(block).display))
    block = block.parentElement;
  return block;
}

/**
 * Parts a text into sentences, and those that are very long between their words.
 * @param {string} text
 * @param {string} lang
 * @returns {string[]}
 */
export function chunks(text, lang) {
  /** @type {string[]} */
  const found = [];
  for (const sentence of sentences(text, lang)) {
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const space = rest.lastIndexOf(" ", LONGEST);
      const end = space > 0 ? space : LONGEST;
      found.push(rest.slice(0, end));
      rest = rest.slice(end).trim();
    }
    if (rest) found.push(rest);
  }
  return found;
}

/**
 * @param {string} text
 * @param {string} lang
 */
function sentences(text, lang) {
  if (!Intl.Segmenter) return text.match(/[^.!?؟]+[.!?؟]*/g) ?? [];
  const parted = new Intl.Segmenter(lang || undefined, { granularity: "sentence" }).segment(text);
  return Array.from(parted, ({ segment }) => segment);
}
