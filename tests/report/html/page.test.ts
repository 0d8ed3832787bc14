import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import process from "node:process";
import type { AnyDocument } from "../../../lib/model/document.ts";
import { attemptEnds } from "../../../lib/model/timeline.ts";
import { htmlPage } from "../../../lib/report/html/page.ts";
import { comparisonOf, hostile, manyAttempts, runOf, saved, savedNames } from "./documents.ts";

/** What stands between the tags of these elements. */
const insideOf = (page: string, tag: RegExp) => [...page.matchAll(tag)].map(([, text]) => text);
const embedded = (page: string) => insideOf(page, /<script type="application\/json"[^>]*>(.*?)<\/script>/gs);

/** The page without what is embedded. */
const shown = (page: string) => page.replace(/<(script|style).*?<\/\1>/gs, "");

for (const name of savedNames) {
  Deno.test(`page of ${name}: it holds the document, and no number that is none`, () => {
    const page = htmlPage([saved(name)]);
    assertEquals(embedded(page).map((json) => JSON.parse(json)), [saved(name)]);
    assertEquals(shown(page).match(/\b(?:NaN|undefined|Infinity|\[object)\b.{0,40}/g), null);
  });
}

Deno.test("page: the policy allows its own style sheet and script, by their hashes, and nothing else", () => {
  const page = htmlPage([saved("run")]);
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [style] = insideOf(page, /<style>(.*?)<\/style>/gs);
  const [script] = insideOf(page, /<script>(.*?)<\/script>/gs);
  const [policy] = insideOf(page, /http-equiv="Content-Security-Policy" content="([^"]*)"/g);
  assertEquals(policy.split("; "), [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  assertEquals(shown(page).match(/ style=| on\w+=|https?:/g)?.filter((found) => found !== "http:"), []); // the icon's namespace
});

Deno.test("page: several documents have ids of their own, a list of links, and a button each", () => {
  const page = htmlPage(["compare", "compare", "compare_grid", "streams"].map(saved));
  const ids = insideOf(page, / id="([^"]*)"/g);
  assertEquals(ids.length, new Set(ids).size);
  assertEquals(insideOf(page, /<li><a href="#(\w+)"/g), ["d0", "d1", "d2", "d3"]);
  assertEquals(insideOf(page, /<button[^>]* value="([^"]*)"/g), ["d0-json", "d1-json", "d2-json", "d3-json"]);
  assertEquals(insideOf(page, / aria-labelledby="([^"]*)"/g).filter((id) => !ids.includes(id)), []);
});

Deno.test("page: a name that is markup is escaped wherever it stands", () => {
  const page = htmlPage([comparisonOf(hostile), comparisonOf(hostile)]);
  assert(page.split("&lt;img src=x onerror=alert(1)&gt;").length > 8);
  assertEquals(page.match(/<img|<!--/g), null);
  assertEquals(page.match(/<\/script>/g)?.length, 3);
  assertEquals(page.match(/<\/title>/g)?.length, 1 + (page.match(/<svg [^>]*role="img"/g)?.length ?? 0));
});

Deno.test("page: one of all claims takes at most 120 kB", () => {
  const bytes = new TextEncoder().encode(htmlPage([saved("claims")])).length;
  assert(bytes <= 120_000, `${bytes}`);
});

Deno.test("page: one of a run takes at most 300 kB, whatever its attempts are", () => {
  for (const [threads, tasks] of [[1, 1], [2, 1], [2, 64], [20, 100], [2_000, 1]]) {
    for (const outcome of [undefined, ...attemptEnds]) {
      const attempts = manyAttempts(threads, tasks).map((one) => ({ ...one, outcome: outcome ?? one.outcome }));
      const bytes = new TextEncoder().encode(htmlPage([runOf({ attempts, leftOut: 1e6 })])).length;
      assert(bytes <= 300_000, `${threads}×${tasks}, ${outcome}: ${bytes}`);
    }
  }
});

Deno.test("page: of a run whose names are markup, all is escaped", () => {
  const document = runOf({});
  const attempts = document.result.timeline.attempts.map((one) => ({ ...one, outcome: hostile }));
  const page = htmlPage([{
    ...document,
    options: { [hostile]: hostile },
    machine: { ...document.machine, cpu: hostile },
    result: { ...document.result, next: hostile, timeline: { ...document.result.timeline, attempts } },
  } as AnyDocument]); // a document that somebody else has written, which no schema has checked
  assert(page.split("&lt;img src=x onerror=alert(1)&gt;").length > 50);
  assertEquals(page.match(/<img|<!--/g), null);
  assertEquals(page.match(/<\/script>/g)?.length, 2);
});

Deno.test("page: 100,000 runs take at most 1 s of CPU, and few of their dots are drawn", () => {
  const document = saved("compare");
  assert(document.command === "compare");
  const { modes } = document.result;
  const many = modes.map((mode) => ({
    ...mode,
    samples: Array.from({ length: 25_000 }, (_, i) => {
      const run = mode.samples[i % mode.samples.length];
      return { ...run, round: i + 1, elapsedMs: run.elapsedMs * (1 + (i % 101) / 1000) };
    }),
  }));
  const large: AnyDocument = { ...document, result: { ...document.result, modes: many } };
  const before = process.threadCpuUsage();
  const page = htmlPage([large]);
  const { user, system } = process.threadCpuUsage(before);
  assert(user + system < 1e6, `${(user + system) / 1e6} s`);
  assert(/100,012 runs, [\d,]+ dots: /.test(page), "says so");
  const drawn = shown(page).length;
  assert(drawn < 150_000, `${drawn}`);
});
