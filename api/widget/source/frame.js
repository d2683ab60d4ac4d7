// A page of the toolkit that stands in a frame of another site says how high it is, and that site's page makes it so.

export const MESSAGE = "mark-scoring:frame";
const FRAME_PATH = /^\/[\w-]+\/embed\/frame\/$/;
const HIGHEST = 50_000;

/**
 * @param {any} data What a frame has sent.
 * @returns {{height: number, waiting: boolean} | null} Null for anything but its height, in pixels, and whether
 * something has not been sent yet.
 */
export function readMessage(data) {
  const { type, height, waiting } = Object(data);
  const isOurs = type === MESSAGE && Object.keys(data).length === 3;
  const isRight = Number.isInteger(height) && height > 0 && height <= HIGHEST && typeof waiting === "boolean";
  return isOurs && isRight ? { height, waiting } : null;
}

/** Make frames of a toolkit on this page as high as what is in them. @param {string} toolkit Its origin. */
export function listen(toolkit) {
  window.addEventListener("message", ({ origin, source, data }) => {
    const read = origin === toolkit ? readMessage(data) : null;
    if (!read) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== source || !FRAME_PATH.test(new URL(frame.src).pathname)) continue;
      frame.height = String(read.height);
      frame.dataset.waiting = String(read.waiting);
    }
  });
}

/** @returns {string} The origin of the page around this one, "" where that is not told, or where there is none. */
function originAround() {
  if (window.parent === window) return "";
  try {
    return location.ancestorOrigins?.[0] ?? new URL(document.referrer).origin;
  } catch {
    return "";
  }
}

/** @param {string} toolkit @returns {boolean} Whether this page is one that the toolkit made for frames. */
export const isFrame = (toolkit) => location.origin === toolkit && FRAME_PATH.test(location.pathname);

/**
 * Tell the page around this one how high this is, now and whenever it changes.
 * @param {string} toolkit
 * @param {() => boolean} isWaiting
 * @returns {() => void} To be called when something may have been sent.
 */
export function tellAround(toolkit, isWaiting) {
  const around = isFrame(toolkit) ? originAround() : "";
  if (!around || around === "null") return () => {};
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ type: MESSAGE, height, waiting: isWaiting() }, around);
  };
  if (window.ResizeObserver) new ResizeObserver(tell).observe(document.body);
  return tell;
}
