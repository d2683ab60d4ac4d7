// What is kept until it is sent: nothing is lost, nothing is sent twice under two names, all in order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isForLater, outboxOf, pause } from "../../../api/widget/source/outbox.js";
import { storeOf } from "../../../api/widget/source/store.js";

class Shelf {
  map = new Map();
  full = false;
  get length() {
    return this.map.size;
  }
  key(n) {
    return [...this.map.keys()][n];
  }
  getItem(name) {
    return this.map.get(name) ?? null;
  }
  setItem(name, text) {
    if (this.full) throw new Error("full");
    this.map.set(name, text);
  }
  removeItem(name) {
    this.map.delete(name);
  }
}

const made = (status, body = null) => ({ status, body, etag: "", wait: 0 });
const put = (id, path, body) => ({ id, method: "PUT", path, body });

function outbox(answers, shelf = new Shelf()) {
  const sent = [];
  const store = storeOf("w ", shelf);
  return { sent, store, shelf, box: outboxOf(store, async (intent) => (sent.push(intent), answers.shift() ?? null)) };
}

test("what is meant is sent in order", async () => {
  const { box, sent } = outbox([made(204), made(204), made(204)]);
  for (const n of [1, 2, 3]) box.add(put(`id-${n}`, `answers/${n}/`, { answer: n }), 5);
  await box.flush();
  assert.deepEqual(
    sent.map(({ path }) => path),
    ["answers/1/", "answers/2/", "answers/3/"],
  );
  assert.deepEqual(box.waiting, []);
});

test("a second thought takes the place of the first", async () => {
  const { box, sent } = outbox([made(204)]);
  box.add(put("a", "answers/1/", { answer: 3 }), 1);
  box.add(put("b", "answers/1/", { answer: 8 }), 2);
  await box.flush();
  assert.deepEqual(
    sent.map(({ body }) => body.answer),
    [8],
  );
});

test("without an answer it stays, under the same name", async () => {
  const { box, sent } = outbox([null, made(503), made(429), made(204)]);
  box.add(put("a", "answers/1/", { answer: 3 }), 1);
  for (let n = 0; n < 4; n++) await box.flush();
  assert.deepEqual(
    sent.map(({ id }) => id),
    ["a", "a", "a", "a"],
  );
  assert.deepEqual(box.waiting, []);
});

test("a page that is opened again goes on where it was", async () => {
  const { box, shelf } = outbox([null]);
  box.add(put("a", "notes/1/", { text: "Tea" }), 1);
  await box.flush();
  const again = outbox([made(204)], shelf);
  await again.box.flush();
  assert.deepEqual(
    again.sent.map(({ id, body }) => [id, body.text]),
    [["a", "Tea"]],
  );
});

test("two tabs never write over one another's intents", () => {
  const { box, shelf } = outbox([]);
  const other = outbox([], shelf);
  box.add(put("a", "answers/1/", { answer: 1 }), 1);
  other.box.add(put("b", "answers/2/", { answer: 2 }), 1);
  box.add(put("c", "answers/3/", { answer: 3 }), 1);
  assert.deepEqual(
    box.waiting.map(({ id }) => id),
    ["a", "b", "c"],
  );
});

test("a full device keeps it in memory, and says so", async () => {
  const { box, shelf, sent } = outbox([made(204)]);
  shelf.full = true;
  box.add(put("a", "answers/1/", { answer: 4 }), 1);
  assert.equal(box.lasts, false);
  await box.flush();
  assert.equal(sent.length, 1);
  assert.equal(box.lasts, true);
});

test("what is refused is kept with its reason until it is read", async () => {
  const { box } = outbox([made(409, { code: "too-many-notes", detail: "Full." })]);
  box.add(put("a", "notes/1/", { text: "One more" }), 1);
  await box.flush();
  assert.deepEqual(
    box.refused.map(({ intent, problem }) => [intent.body.text, problem.detail]),
    [["One more", "Full."]],
  );
  box.dismiss("a");
  assert.deepEqual(box.refused, []);
});

test("a conflict with what the device itself sent is none", async () => {
  const current = { answer: 6, why: "First", version: 1 };
  const { box, sent } = outbox([null, made(409, { code: "conflict", current }), made(204)]);
  box.add(put("a", "agreed/1/", { answer: 6, why: "First", version: 0 }), 1);
  await box.flush();
  box.add(put("b", "agreed/1/", { answer: 6, why: "Second", version: 0 }), 2);
  await box.flush();
  assert.deepEqual(
    sent.map(({ body }) => [body.why, body.version]),
    [
      ["First", 0],
      ["Second", 0],
      ["Second", 1],
    ],
  );
  assert.deepEqual(box.refused, []);
});

test("a conflict with somebody else is shown", async () => {
  const current = { answer: 2, why: "Theirs", version: 3 };
  const { box } = outbox([made(409, { code: "conflict", current })]);
  box.add(put("a", "agreed/1/", { answer: 6, why: "Mine", version: 2 }), 1);
  await box.flush();
  assert.equal(box.refused[0].problem.current.why, "Theirs");
});

test("pauses grow, and differ from phone to phone", () => {
  assert.ok(pause(1, 0) >= 1 && pause(20, 0.99) <= 90);
  assert.notEqual(pause(3, 0.1), pause(3, 0.9));
});

test("only what may still work is sent again", () => {
  assert.deepEqual([null, made(500), made(503), made(429), made(408)].map(isForLater), [
    true,
    true,
    true,
    true,
    true,
  ]);
  assert.deepEqual([made(204), made(400), made(401), made(404), made(409)].map(isForLater), [
    false,
    false,
    false,
    false,
    false,
  ]);
});
