import { choose, chosen } from "./reading.js";
import { chunks, piecesOf } from "./spoken.js";

/** @typedef {{ block: Element, text: string, voice: SpeechSynthesisVoice }} Chunk */

// Some browsers know their voices only a while after they were first asked.
const VOICES_WAIT = 1500;

/**
 * Reads the page's main text aloud, each language in a voice of its own, with what the device itself can do.
 * @param {HTMLButtonElement} button what gets the focus back at the end
 * @returns {() => void} what begins, or begins again
 */
export function readAloud(button) {
  const bar = /** @type {HTMLElement} */ (document.querySelector(".reader"));
  /** @param {string} act */
  const part = (act) => /** @type {HTMLElement} */ (bar.querySelector(`[data-act="${act}"]`));
  const [pause, goOn, stop] = ["pause", "go-on", "stop"].map(part);
  const speed = /** @type {HTMLSelectElement} */ (bar.querySelector("select"));
  /** @type {Chunk[]} */
  let waiting = [];
  let at = 0;
  // What an utterance says that was given up is of no interest.
  let turn = 0;

  const silence = () => {
    turn += 1;
    speechSynthesis.cancel();
  };
  /** @param {boolean} speaks */
  const showButtons = (speaks) => {
    const [shown, gone] = speaks ? [pause, goOn] : [goOn, pause];
    shown.hidden = !waiting.length;
    // Before it is hidden: the focus would be lost with it.
    if (gone === document.activeElement) shown.focus();
    gone.hidden = true;
  };
  const end = () => {
    silence();
    light(null);
    waiting = [];
    if (bar.contains(document.activeElement)) button.focus({ preventScroll: true });
    bar.hidden = true;
  };
  const speak = () => {
    const chunk = waiting[at];
    if (!chunk) return end();
    silence();
    const mine = turn;
    const utterance = new SpeechSynthesisUtterance(chunk.text);
    utterance.voice = chunk.voice;
    utterance.lang = chunk.voice.lang;
    utterance.rate = Number(speed.value);
    utterance.onend = utterance.onerror = () => {
      if (mine !== turn) return;
      at += 1;
      speak();
    };
    light(chunk.block);
    showButtons(true);
    speechSynthesis.speak(utterance);
  };
  const begin = async () => {
    end();
    const mine = turn;
    const voices = await localVoices();
    if (mine !== turn) return;
    const pieces = piecesOf(/** @type {Element} */ (document.querySelector("main")));
    waiting = pieces.flatMap(({ block, text, lang }) => {
      const voice = voiceFor(lang, voices);
      return voice ? chunks(text, lang).map((chunk) => ({ block, text: chunk, voice })) : [];
    });
    at = 0;
    const unread = pieces.some(({ lang }) => !voiceFor(lang, voices));
    bar.hidden = false;
    part("no-voice").hidden = waiting.length > 0;
    part("some-voices").hidden = !unread || !waiting.length;
    showButtons(waiting.length > 0);
    (waiting.length ? pause : stop).focus({ preventScroll: true });
    if (waiting.length) speak();
  };

  stop.addEventListener("click", end);
  goOn.addEventListener("click", speak);
  // Not speechSynthesis.pause(): phones stop for good with it. The sentence that was cut off is read again.
  pause.addEventListener("click", () => {
    silence();
    showButtons(false);
  });
  speed.value = chosen("speed") || speed.value;
  speed.addEventListener("change", () => {
    choose("speed", speed.value);
    if (!pause.hidden) speak();
  });
  window.addEventListener("pagehide", end);
  return begin;
}

/**
 * Shows which block is being read.
 * @param {Element | null} block
 */
function light(block) {
  const before = document.querySelector(".being-read");
  if (before === block) return;
  before?.classList.remove("being-read");
  block?.classList.add("being-read");
  // How it scrolls, the stylesheet says: for some people, without any motion.
  block?.scrollIntoView({ block: "center" });
}

/**
 * Gives the voices that the device has itself. Any other sends the text to somebody else's computer.
 * @returns {Promise<SpeechSynthesisVoice[]>}
 */
async function localVoices() {
  if (!speechSynthesis.getVoices().length)
    await new Promise((done) => {
      speechSynthesis.addEventListener("voiceschanged", done, { once: true });
      setTimeout(done, VOICES_WAIT);
    });
  return speechSynthesis.getVoices().filter((voice) => voice.localService);
}

/**
 * Gives the voice for a language, best one of the same country.
 * @param {string} lang
 * @param {SpeechSynthesisVoice[]} voices
 */
function voiceFor(lang, voices) {
  /** @param {string} code */
  const plain = (code) => code.toLowerCase().replace("_", "-");
  const wanted = plain(lang);
  const same = voices.filter((voice) => plain(voice.lang).split("-")[0] === wanted.split("-")[0]);
  return same.find((voice) => plain(voice.lang) === wanted) ?? same.find((voice) => voice.default) ?? same[0];
}
