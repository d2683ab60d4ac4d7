// A client of the content API, as somebody else would write it. Every type in it comes from the contract: there is no
// cast, so that what the compiler lets pass is what the contract promises.

import createClient from "openapi-fetch";
import type { components, paths } from "./build/types.js";

type Schemas = components["schemas"];
type Block = Schemas["BodyBlock"];
type Document =
  | Schemas["ToolkitDocument"]
  | Schemas["StageDocument"]
  | Schemas["MarkDocument"]
  | Schemas["QuoteDocument"]
  | Schemas["IdeaDocument"]
  | Schemas["TermDocument"]
  | Schemas["PagesDocument"]
  | Schemas["EasyReadDocument"];

/** What was found: how each document and each kind of block reads, and what lists, filters and search gave. */
export type Read = {
  documents: Record<string, string>;
  blocks: Record<string, string>;
  counts: Record<string, number>;
  refused: { status: number; parameters: string[] };
};

/** What a group did on a board: how the scores stood, and who was faster. */
export type Scored = { hidden: boolean; scores: number[]; agreed: string; code: string; current: string };

/** Never reached: the compiler refuses a `switch` that leaves a type out. */
function unknown(thing: never): never {
  throw new Error(`The contract does not have ${JSON.stringify(thing)}`);
}

function blockInWords(block: Block): string {
  switch (block.type) {
    case "text":
    case "tip":
    case "note":
      return block.html;
    case "citation":
      return `${block.html} ${block.source}`;
    case "quote":
      return `${block.quote.kind}: ${block.quote.html} ${block.quote.credit.name}`;
    case "idea":
      return `${block.idea.title}, ${block.idea.time}`;
    case "image":
      return `${block.image.src} (${block.image.width} × ${block.image.height}): ${block.alt}`;
    case "pair":
      return `${block.html} (${block.image?.src ?? "no picture"})`;
    case "media":
      return `${block.kind}: ${block.title}, ${block.transcript}`;
    default:
      return unknown(block);
  }
}

function documentInWords(document: Document): string {
  switch (document.type) {
    case "toolkit":
      return `${document.stages.flatMap((stage) => stage.marks).length} marks, ${document.prompts.length} prompts`;
    case "stage":
      return `stage ${document.number}: ${document.marks.length} marks`;
    case "mark":
      return `of ${document.stage?.title ?? "no stage"}, ${document.ideas.length} ideas`;
    case "quote":
      return `${document.kind} of ${document.credit.year ?? "an unknown year"}`;
    case "idea":
      return `${document.kind} for ${document.group_size}, by ${document.credits.length}`;
    case "term":
      return document.html;
    case "page":
      return `${document.body.length} blocks`;
    case "lake":
      return `${document.ideas.length} ideas`;
    case "voices":
      return `${document.quotes.length} quotes`;
    case "glossary":
      return `${document.terms.length} terms`;
    case "easy-read":
      return `${document.body.length} sentences of ${document.full_page.title}`;
    default:
      return unknown(document);
  }
}

function blocksOf(document: Document): Block[] {
  return "body" in document ? document.body : [];
}

/** Read one of everything, and all pages. Throws where the server answers anything but what the contract promises. */
export async function readEverything(address: string): Promise<Read> {
  const api = createClient<paths>({ baseUrl: address });

  function there<T>(answer: { data?: T; error?: Schemas["Problem"]; response: Response }): T {
    if (answer.data === undefined) {
      throw new Error(answer.error?.detail ?? answer.response.url);
    }
    return answer.data;
  }

  const index = there(await api.GET("/api/v1/"));
  const locale = index.locales[0]?.locale ?? "";
  const path = { locale };
  const at = (thing: { code: string } | undefined) => ({ path: { locale, code: thing?.code ?? "" } });

  const outline = there(await api.GET("/api/v1/{locale}/", { params: { path } }));
  const stages = there(await api.GET("/api/v1/{locale}/stages/", { params: { path } }));
  const marks = there(await api.GET("/api/v1/{locale}/marks/", { params: { path } }));
  const quotes = there(await api.GET("/api/v1/{locale}/quotes/", { params: { path } }));
  const ideas = there(await api.GET("/api/v1/{locale}/ideas/", { params: { path } }));
  const terms = there(await api.GET("/api/v1/{locale}/terms/", { params: { path } }));
  const easy = there(await api.GET("/api/v1/{locale}/easy-read/", { params: { path } }));
  const pages = there(await api.GET("/api/v1/{locale}/pages/", { params: { path } }));

  const documents: Document[] = [
    outline,
    there(await api.GET("/api/v1/{locale}/stages/{code}/", { params: at(stages.results[0]) })),
    there(await api.GET("/api/v1/{locale}/quotes/{code}/", { params: at(quotes.results[0]) })),
    there(await api.GET("/api/v1/{locale}/terms/{code}/", { params: at(terms.results[0]) })),
    there(await api.GET("/api/v1/{locale}/easy-read/{code}/", { params: at(easy.results[0]) })),
  ];
  for (const mark of marks.results) {
    documents.push(there(await api.GET("/api/v1/{locale}/marks/{code}/", { params: at(mark) })));
  }
  for (const idea of ideas.results) {
    documents.push(there(await api.GET("/api/v1/{locale}/ideas/{code}/", { params: at(idea) })));
  }
  for (const page of pages.results) {
    documents.push(there(await api.GET("/api/v1/{locale}/pages/{code}/", { params: at(page) })));
  }

  const stage = stages.results[0]?.code ?? "";
  const ofStage = there(
    await api.GET("/api/v1/{locale}/marks/", { params: { path, query: { stage, per_page: 100 } } }),
  );
  const snakes = there(await api.GET("/api/v1/{locale}/quotes/", { params: { path, query: { kind: "snake" } } }));
  const found = there(await api.GET("/api/v1/{locale}/search/", { params: { path, query: { q: "listening" } } }));
  const wrong = await api.GET("/api/v1/{locale}/marks/", { params: { path, query: { stage: "nowhere" } } });

  return {
    documents: Object.fromEntries(documents.map((document) => [document.type, documentInWords(document)])),
    blocks: Object.fromEntries(documents.flatMap(blocksOf).map((block) => [block.type, blockInWords(block)])),
    counts: {
      locales: index.locales.length,
      marks: marks.count,
      marksOfStage: ofStage.count,
      quotes: quotes.count,
      snakes: snakes.results.filter((quote) => quote.kind === "snake").length,
      found: found.results.filter((result) => result.excerpt !== "").length,
    },
    refused: {
      status: wrong.error?.status ?? 0,
      parameters: (wrong.error?.errors ?? []).map((error) => error.parameter),
    },
  };
}

/** Open a board, score a mark, show it, and agree on it; then once more without having seen that. */
export async function scoreTogether(address: string): Promise<Scored> {
  const open = createClient<paths>({ baseUrl: address });
  const once = () => ({ header: { "Idempotency-Key": crypto.randomUUID() } });
  const opened = await open.POST("/api/v1/boards/", {
    params: once(),
    body: { locale: "en", codes: ["listening"], own_marks: ["Tea and time"] },
  });
  if (opened.data === undefined) {
    throw new Error(opened.error.detail);
  }
  const api = createClient<paths>({
    baseUrl: address,
    headers: { Authorization: `Bearer ${opened.data.token}` },
  });

  async function board(): Promise<Schemas["BoardDocument"]> {
    const { data, error } = await api.GET("/api/v1/board/");
    if (data === undefined) {
      throw new Error(error.detail);
    }
    return data;
  }

  const before = (await board()).marks[0];
  const mark = before?.id ?? "";
  const path = { mark };
  await api.PUT("/api/v1/board/answers/{mark}/", { params: { path, ...once() }, body: { answer: 7 } });
  await api.POST("/api/v1/board/show/", { params: once() });
  const agreement = { answer: 8, why: "Most of us" };
  await api.PUT("/api/v1/board/agreed/{mark}/", { params: { path, ...once() }, body: agreement });
  const late = await api.PUT("/api/v1/board/agreed/{mark}/", {
    params: { path, ...once() },
    body: { answer: "not-yet", why: "Some of us" },
  });
  const current = late.error?.current;
  const after = (await board()).marks[0];
  return {
    hidden: before?.result === null,
    scores: (after?.result?.scores ?? []).map((dots) => dots.score),
    agreed: `${after?.agreed?.answer}: ${after?.agreed?.why}`,
    code: late.error?.code ?? "",
    current: current !== undefined && "why" in current ? current.why : "",
  };
}
