// A board as it will be when all that waits has been sent: what people see of their own as soon as they did it.

/** @typedef {import("./types.js").Intent} Intent */
/** @typedef {import("./types.js").Board} Board */
/** @typedef {import("./types.js").BoardMark} BoardMark */

/**
 * @param {Board} board
 * @param {Intent[]} intents In order.
 * @param {import("./types.js").Worded} language That of whoever reads.
 * @returns {Board} A board of its own: the given one stays as it is.
 */
export function withPending(board, intents, language) {
  return intents.reduce((before, intent) => changed(before, intent, language), board);
}

/**
 * @param {Board} board @param {Intent} intent @param {import("./types.js").Worded} language
 * @returns {Board}
 */
function changed(board, { method, path, body = {} }, language) {
  const [what, id] = path.split("/");
  const isGone = method === "DELETE";
  const words = /** @type {{lang: string, dir: "ltr" | "rtl"}} */ (language);
  switch (what) {
    case "answers":
      return withMark(board, id, () => ({ mine: isGone ? null : body.answer }));
    case "agreed":
      return withMark(board, id, () => ({
        agreed: { answer: body.answer, why: body.why, version: body.version, ...words },
      }));
    case "notes":
      return withWritten(board, "notes", isGone, { id, kind: body.kind, ...written(body, words) }, body.mark);
    case "dissents":
      return withWritten(board, "dissents", isGone, { id, score: body.score, ...written(body, words) }, body.mark);
    case "marks":
      return {
        ...board,
        marks: isGone ? board.marks.filter((mark) => mark.id !== id) : [...board.marks, ownMark(id, body, words)],
      };
    case "me":
      return {
        ...board,
        people: board.people.map((person) => (person.me ? { ...person, name: body.name } : person)),
      };
    default:
      return board;
  }
}

/** @param {Record<string, any>} body @param {{lang: string, dir: "ltr" | "rtl"}} words */
const written = (body, words) => ({ text: body.text, version: body.version, mine: true, ...words });

/** @param {Board} board @param {string} id @param {(mark: BoardMark) => Partial<BoardMark>} change */
const withMark = (board, id, change) => ({
  ...board,
  marks: board.marks.map((mark) => (mark.id === id ? { ...mark, ...change(mark) } : mark)),
});

/**
 * @param {Board} board @param {"notes" | "dissents"} list @param {boolean} isGone @param {any} one @param {string} at
 * @returns {Board}
 */
function withWritten(board, list, isGone, one, at) {
  const marks = board.marks.map((mark) => {
    const has = mark[list].some((other) => other.id === one.id);
    if (isGone) return has ? { ...mark, [list]: mark[list].filter((other) => other.id !== one.id) } : mark;
    if (has)
      return {
        ...mark,
        [list]: mark[list].map((other) => (other.id === one.id ? { ...one, mine: other.mine } : other)),
      };
    return mark.id === at ? { ...mark, [list]: [...mark[list], one] } : mark;
  });
  return { ...board, marks };
}

/** @param {string} id @param {Record<string, any>} body @param {{lang: string, dir: "ltr" | "rtl"}} words What a card shows of it. */
const ownMark = (id, body, words) =>
  /** @type {BoardMark} */ ({
    id,
    code: "",
    title: body.title,
    answered: 0,
    mine: null,
    notes: /** @type {any[]} */ ([]),
    ...words,
  });
