// What is said of the others' doings: in numbers alone, politely, and seldom.

/** @typedef {import("./types.js").Board} Board */

// In milliseconds.
const SELDOM = 10_000;

/**
 * @param {Board} board
 * @param {import("./text.js").Wording["say"]} say
 * @returns {string} How many people there are and what they have answered; once shown, that it is.
 */
export function standing({ people, round }, say) {
  if (round.shown_at) return say("shown");
  const asked = round.asked && !round.asked_by_me ? [say("asked")] : [];
  const counts = [say("people", { number: people.length }), say("answers", { number: round.answers })];
  return [...asked, ...counts].join(" ");
}

/**
 * @param {(text: string) => void} say
 * @param {(act: () => void, milliseconds: number) => unknown} [later]
 * @returns {(text: string) => void} To be told what is so now. The first is known to whoever has just begun to read.
 */
export function announcer(say, later = setTimeout) {
  let said = "";
  let next = "";
  let isWaiting = false;
  return function note(text) {
    next = text;
    said ||= text;
    if (isWaiting || next === said) return;
    said = next;
    say(said);
    isWaiting = true;
    later(() => {
      isWaiting = false;
      note(next);
    }, SELDOM);
  };
}
