import { assert, assertEquals } from "@std/assert";
import type { AnyDocument, Document } from "../../../lib/model/document.ts";
import { articleOf } from "../../../lib/report/html/article.ts";
import { htmlPage } from "../../../lib/report/html/page.ts";
import { saved } from "./documents.ts";

function savedAs<C extends AnyDocument["command"]>(name: string, command: C): Document<C> {
  const document = saved(name);
  if (document.command !== command) throw new Error(`${name} is of ${document.command}`);
  return document as unknown as Document<C>;
}

/** The headline of a document's page and the headings of its parts. */
function headingsOf(document: AnyDocument): string[] {
  return [...htmlPage([document]).matchAll(/<h[23][^>]*>([^<]*)</g)].map(([, text]) => text);
}

const all: Readonly<Record<string, readonly string[]>> = {
  claims: [
    "18 of 22 claims hold on this machine, 3 fail",
    "Effects",
    "Claim by claim",
    "Three kinds of work",
    "Every run",
  ],
  compare: ["Use threads 2×1: 1.95× as fast as serial", "Speed", "Every run", "One item", "Next"],
  compare_grid: ["Use both 2×16: 6.31× as fast as serial", "Speed", "Threads × tasks", "Every run", "One item", "Next"],
  compare_two: [
    "job.js is faster than job.js at v1.2 in some modes and slower in others",
    "Change",
    "Every run",
    "Next",
  ],
  compare_runtimes: ["Node 20.20.2 is faster than Deno 2.9.6", "Difference", "Each runtime", "Every run", "Next"],
  scale: ["A thread takes 15,300× the memory of a promise task", "Memory and start"],
  streams: ["A task and a thread give the same items", "Events"],
  run: ["4 ok, 1 failed", "Numbers"],
  jobs: ["12 built-in jobs", "Jobs"],
  channel: ["3 values from a thread", "Events"],
};

for (const [name, headings] of Object.entries(all)) {
  Deno.test(`article of ${name}: its headings`, () => {
    assertEquals(headingsOf(saved(name)), [...headings, "Machine and options"]);
  });
}

Deno.test("article: no advice has its reason, a failed control is bad news", () => {
  const document = savedAs("compare", "compare");
  const { result } = document;
  const advice = {
    kind: "none",
    mode: null,
    threads: null,
    tasks: null,
    reason: { kind: "control-failed" },
    changes: [],
  } as const;
  const doubtful = {
    ...document,
    result: { ...result, advice, next: null, control: { ...result.control, failed: true } },
  };
  const { headline, tone, lead } = articleOf(doubtful, "d0");
  assertEquals([headline, tone], ["No advice", "bad"]);
  assert(lead[0].startsWith("The A/A control failed"), lead[0]);
  assert(!headingsOf(doubtful).includes("Next"));
});

Deno.test("article: a comparison that was stopped before its first round has no runs", () => {
  const document = savedAs("compare", "compare");
  const { result } = document;
  const modes = result.modes.map((mode) => ({ ...mode, samples: [] }));
  const stopped = { ...document, result: { ...result, modes, control: { ...result.control, samples: [] } } };
  assert(!headingsOf(stopped).includes("Every run"));
});

Deno.test("article: claims that were all skipped have no charts, and their reasons", () => {
  const document = savedAs("claims", "claims");
  const skipped = document.result.claims.map((claim) => ({
    ...claim,
    verdict: "skipped" as const,
    reason: { kind: "time-up" } as const,
    effect: null,
    interval: null,
    evidence: null,
  }));
  const counts = { holds: 0, fails: 0, unclear: 0, skipped: skipped.length };
  const empty: AnyDocument = {
    ...document,
    result: { ...document.result, claims: skipped, counts, works: [], control: null },
  };
  assertEquals(headingsOf(empty), [
    "0 of 22 claims hold on this machine",
    "Effects",
    "Claim by claim",
    "Machine and options",
  ]);
  const page = htmlPage([empty]);
  assert(page.includes("The time was up before it could be measured"));
  assertEquals(page.match(/<svg class="chart/g), null);
});

Deno.test("article: a ladder that was stopped at once, and a single stream, have pages too", () => {
  const scale = savedAs("scale", "scale");
  const nothing: AnyDocument = { ...scale, result: { rungs: [], fits: [], forecast: [], threadsEnd: null } };
  assertEquals(headingsOf(nothing)[0], "What a waiting task or thread costs");
  const streams = savedAs("streams", "streams");
  const one: AnyDocument = { ...streams, result: { runs: streams.result.runs.slice(1) } };
  assertEquals(headingsOf(one)[0], "20 items, intervals from a thread");
});
