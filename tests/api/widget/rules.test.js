// The other rules that need no page: words and numerals, what waits laid over a board, announcements, messages of frames.

import assert from "node:assert/strict";
import { test } from "node:test";
import { announcer, standing } from "../../../api/widget/source/announce.js";
import { apiOf, newId } from "../../../api/widget/source/api.js";
import { MESSAGE, readMessage } from "../../../api/widget/source/frame.js";
import { tokenIn } from "../../../api/widget/source/joining.js";
import { withPending } from "../../../api/widget/source/pending.js";
import { storeOf } from "../../../api/widget/source/store.js";
import { codesIn, localesToTry, spaced, wording } from "../../../api/widget/source/text.js";

const words = {
  people: "People: %(number)s.",
  answers: "Answers: %(number)s.",
  asked: "Ready?",
  shown: "Shown.",
  not_yet: "Not yet",
  not_relevant: "Not relevant",
  round: "Round %(number)s of %(missing)s",
};
const english = wording({ words, lang: "en" }, "en");

test("words are filled in, in the numerals of the place", () => {
  assert.equal(english.say("people", { number: 12 }), "People: 12.");
  assert.equal(wording({ words, lang: "ar" }, "ar-EG").say("people", { number: 12 }), "People: ١٢.");
  assert.equal(wording({ words, lang: "ar" }, "nonsense-!!").number(7), (7).toLocaleString("ar"));
  assert.equal(english.say("round", { number: 1 }), "Round 1 of ");
});

test("what is filled in is not filled in again", () => {
  assert.equal(english.say("people", { number: "%(number)s $&" }), "People: %(number)s $&.");
});

test("answers are said in words", () => {
  assert.deepEqual(
    [english.answer(7), english.answer("not-yet"), english.answer("not-relevant")],
    ["7", "Not yet", "Not relevant"],
  );
});

test("days are said in words", () => assert.equal(english.day("2026-11-26"), "November 26, 2026"));

test("languages are tried from the general to the special", () => {
  assert.deepEqual(localesToTry("en-GB"), ["en", "en-gb"]);
  assert.deepEqual(localesToTry("cy"), ["cy"]);
});

test("codes stand with spaces or commas between them", () => {
  assert.deepEqual(codesIn(" listening, power  fair-pay "), ["listening", "power", "fair-pay"]);
  assert.deepEqual(codesIn(""), []);
});

test("a code is easy to read out", () => assert.equal(spaced("x3kbxjqz"), "X3KB XJQZ"));

test("the token of a link is found", () => {
  assert.equal(tokenIn("/en/score/join/VnQibjtYkXbEw6VFyhjd-oAWHSk/"), "VnQibjtYkXbEw6VFyhjd-oAWHSk");
  assert.equal(tokenIn(""), "");
});

test("new names are UUIDs of their own", () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

const mark = (id, more = {}) => ({
  id,
  code: id,
  title: id,
  mine: null,
  notes: [],
  dissents: [],
  agreed: null,
  answered: 0,
  ...more,
});
const board = {
  people: [
    { name: "A", me: true },
    { name: "B", me: false },
  ],
  marks: [mark("m1"), mark("m2", { notes: [{ id: "n1", text: "Old", mine: false }] })],
};
const language = { lang: "en", dir: "ltr" };
const after = (...intents) => withPending(board, intents, language);

test("what waits is seen on the board at once", () => {
  assert.equal(after({ method: "PUT", path: "answers/m1/", body: { answer: 7 } }).marks[0].mine, 7);
  assert.equal(
    after({ method: "PUT", path: "answers/m1/", body: { answer: 7 } }, { method: "DELETE", path: "answers/m1/" })
      .marks[0].mine,
    null,
  );
  const noted = after({
    method: "PUT",
    path: "notes/n2/",
    body: { mark: "m1", kind: "snake", text: "Late", version: 0 },
  });
  assert.deepEqual(
    noted.marks[0].notes.map(({ text, mine }) => [text, mine]),
    [["Late", true]],
  );
  assert.equal(
    after({ method: "PUT", path: "notes/n1/", body: { mark: "m2", text: "New" } }).marks[1].notes[0].text,
    "New",
  );
  assert.deepEqual(after({ method: "DELETE", path: "notes/n1/" }).marks[1].notes, []);
  assert.equal(
    after({ method: "PUT", path: "agreed/m2/", body: { answer: 5, why: "All", version: 0 } }).marks[1].agreed.why,
    "All",
  );
  assert.equal(
    after({ method: "PUT", path: "dissents/d/", body: { mark: "m2", score: 2, text: "No", version: 0 } }).marks[1]
      .dissents[0].text,
    "No",
  );
  assert.deepEqual(
    after({ method: "PUT", path: "marks/own/", body: { title: "Tea" } }).marks.map(({ title }) => title),
    ["m1", "m2", "Tea"],
  );
  assert.deepEqual(
    after({ method: "DELETE", path: "marks/m1/" }).marks.map(({ id }) => id),
    ["m2"],
  );
  assert.equal(after({ method: "PUT", path: "me/", body: { name: "C" } }).people[0].name, "C");
});

test("the board that the server gave stays as it is", () => {
  const before = JSON.stringify(board);
  after({ method: "PUT", path: "answers/m1/", body: { answer: 7 } }, { method: "DELETE", path: "notes/n1/" });
  assert.equal(JSON.stringify(board), before);
});

test("announcements are counts, and tell no name", () => {
  const now = { people: board.people, round: { answers: 3, asked: false, asked_by_me: false, shown_at: null } };
  assert.equal(standing(now, english.say), "People: 2. Answers: 3.");
  assert.equal(standing({ ...now, round: { ...now.round, shown_at: "2026-11-26" } }, english.say), "Shown.");
});

test("announcements come at most every ten seconds, the last one always", () => {
  const said = [];
  const waiting = [];
  const note = announcer(
    (text) => said.push(text),
    (act, milliseconds) => waiting.push([act, milliseconds]),
  );
  for (const text of ["0", "1", "2", "3"]) note(text);
  assert.deepEqual([said, waiting.map(([, wait]) => wait)], [["1"], [10_000]]);
  waiting[0][0]();
  assert.deepEqual(said, ["1", "3"]);
});

test("a frame says its height and whether something waits, and nothing else", () => {
  assert.deepEqual(readMessage({ type: MESSAGE, height: 700, waiting: false }), { height: 700, waiting: false });
  const wrong = [
    null,
    "700",
    {},
    { type: "other", height: 700, waiting: false },
    { type: MESSAGE, height: "700", waiting: false },
    { type: MESSAGE, height: -1, waiting: false },
    { type: MESSAGE, height: 1e9, waiting: false },
    { type: MESSAGE, height: NaN, waiting: false },
    { type: MESSAGE, height: 7.5, waiting: false },
    { type: MESSAGE, height: 700, waiting: 1 },
    { type: MESSAGE, height: 700, waiting: false, more: 1 },
  ];
  assert.deepEqual(
    wrong.map(readMessage),
    wrong.map(() => null),
  );
});

test("a device without storage keeps things as long as the page is open", () => {
  const throwing = {
    getItem() {
      throw new Error("no");
    },
    setItem() {
      throw new Error("no");
    },
    removeItem() {
      throw new Error("no");
    },
    get length() {
      throw new Error("no");
    },
  };
  for (const storage of [null, throwing]) {
    const store = storeOf("w ", storage);
    assert.equal(store.set("a", { n: 1 }), false);
    assert.deepEqual([store.get("a"), store.names(""), store.lasts("a")], [{ n: 1 }, ["a"], false]);
    store.clear("");
    assert.deepEqual([store.get("a"), store.names("")], [undefined, []]);
  }
});

test("an answer is what the toolkit said, and anything else is none", async () => {
  const asked = [];
  const api = apiOf("https://toolkit.example");
  const answers = [
    new Response('{"a":1}', { status: 200, headers: { ETag: '"1"', "Retry-After": "7" } }),
    new Response(null, { status: 204, headers: { "Retry-After": "Thu, 26 Nov 2026 10:00:00 GMT" } }),
    new Response("<h1>Log in to the hotel's network</h1>", { status: 200 }),
    new Error("no network"),
  ];
  globalThis.fetch = async (address, how) => {
    asked.push([address, how]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const said = [];
  for (const token of ["t", "t", "t", ""]) said.push(await api.ask("GET", "board/", { token, etag: '"0"' }));
  assert.deepEqual(said, [
    { status: 200, body: { a: 1 }, etag: '"1"', wait: 7 },
    { status: 204, body: null, etag: "", wait: 0 },
    null,
    null,
  ]);
  const [address, { headers, credentials, referrerPolicy }] = asked[0];
  assert.equal(address, "https://toolkit.example/api/v1/board/");
  assert.deepEqual(headers, { Authorization: "Bearer t", "If-None-Match": '"0"' });
  assert.deepEqual([credentials, referrerPolicy], ["omit", "no-referrer"]);
});
