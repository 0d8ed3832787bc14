/** The tables of the articles: what stands beside the charts. */
import { assert, assertEquals } from "@std/assert";
import type { AnyDocument } from "../../../../lib/model/document.ts";
import { htmlPage } from "../../../../lib/report/html/page.ts";
import { maxAttempts } from "../../../../lib/model/timeline.ts";
import { diffOf, manyAttempts, runOf, saved } from "../documents.ts";

/** The rows of the table with that caption, the titles first. */
function tableOf(document: AnyDocument, caption: string): string[][] {
  const page = htmlPage([document]);
  const [, table = ""] = new RegExp(`<caption>${caption}</caption>(.*?)</table>`, "s").exec(page) ?? [];
  return table.split("<tr>").slice(1).map((row) =>
    row.split(/<t[hd][^>]*>/).slice(1).map((cell) => cell.replace(/<[^>]*>/g, ""))
  );
}

Deno.test("claims: a row for each, with both sides and the effect; nothing of a skipped one", () => {
  const rows = tableOf(saved("claims"), "All claims");
  assertEquals(rows.length, 23);
  assertEquals(rows[0], ["CLAIM", "VERDICT", "TASKS", "THREADS", "EFFECT (95% CI)"]);
  assertEquals(rows[1], ["threads cost time to start", "✔ holds", "124 ns", "7.59 ms", "58.2k× (33.7k…70.5k)"]);
  assertEquals(rows[12], ["threads are simpler to use", "– skipped", "–", "–", "–"]);
  assertEquals(rows[18], ["threads run out of memory", "✘ fails", "10.3M", "2,244", "–"]);
});

Deno.test("compare: the modes as in the text, the phases, and every cell of the grid with its speed-up", () => {
  const document = saved("compare_grid");
  const modes = tableOf(document, "Modes");
  assertEquals(modes[1].slice(0, 5), ["serial", "1×1", "  baseline", "124", "1.00×"]);
  assertEquals(modes[4].slice(0, 6), ["both", "2×8", "✔ faster", "780", "6.28×", "6.08…6.66"]);
  assertEquals(tableOf(document, "Phases of an item").map(([name]) => name), [
    "PHASE",
    "computing",
    "blocking",
    "waiting",
    "sending and receiving",
  ]);
  const cells = tableOf(document, "All cells");
  assertEquals(cells.length, 13);
  assertEquals(cells[0], ["THREADS", "TASKS", "ITEMS/S", "VS SERIAL", "95% CI", "SPEED-UP"]);
  assertEquals(cells[2], ["1", "4", "358", "2.88×", "2.86…2.91", "1.00×"]);
  assertEquals(cells[10], ["4", "4", "836", "6.71×", "6.60…6.90", "2.33×"]); // 6.71 / 2.88
});

Deno.test("compare: warm-up rounds are not among the runs", () => {
  const document = saved("compare");
  assert(document.command === "compare");
  const { result } = document;
  const modes = result.modes.map((mode) => ({ ...mode, samples: [{ ...mode.samples[0], round: 0 }, ...mode.samples] }));
  const warmed: AnyDocument = { ...document, result: { ...result, modes } };
  const rows = tableOf(warmed, "Every run");
  assertEquals(rows, tableOf(document, "Every run"));
  assertEquals(rows.length, 13);
  assertEquals(rows[0].slice(0, 3), ["ROUND", "serial 1×1, ms", "serial again (A/A control), ms"]);
});

Deno.test("scale: rungs by kind, then by number; those that were stopped are notes", () => {
  const rows = tableOf(saved("scale"), "All rungs");
  assertEquals(rows[1], ["promise", "100", "&lt; 4 MiB", "–", "49.0 µs", "10.2 µs"]);
  assertEquals([...new Set(rows.slice(1).map(([kind]) => kind))], ["promise", "timer", "fetch", "thread"]);
  assertEquals(rows.at(-1), ["thread", "81", "597 MiB", "7.37 MiB", "933 ms", "313 ms"]);
  assert(
    htmlPage([saved("scale")]).includes("<li>100 threads: ✘ stopped at 81: would pass 600 MiB (--max-memory)</li>"),
  );
});

Deno.test("streams: the items of both runs side by side", () => {
  const document = saved("streams");
  const rows = tableOf(document, "All items");
  assertEquals(rows[0], ["#", "TASK AT", "TASK", "THREAD AT", "THREAD"]);
  assertEquals(rows[5], ["5", "503 ms", "Message: &#39;c&#39;", "501 ms", "Interval #2"]);
  assert(document.command === "streams");
  const [long, short] = document.result.runs;
  const uneven: AnyDocument = {
    ...document,
    result: { runs: [long, { ...short, items: short.items.slice(0, 2) }], agree: false },
  };
  assertEquals(tableOf(uneven, "All items")[3].slice(3), ["–", "–"]);
  assert(htmlPage([uneven]).includes("A task and a thread give different items"));
});

Deno.test("run: how it ended is its tone, and its numbers are facts", () => {
  const page = htmlPage([saved("run")]);
  assert(page.includes(`class="banner bad"`) && page.includes("It ran all of its items (exit 1)."));
  for (
    const fact of [
      "<dt>ok</dt><dd>4</dd>",
      "<dt>time</dt><dd>141 ms</dd>",
      "<dt>threads run in</dt><dd>one process</dd>",
    ]
  ) {
    assert(page.includes(fact), fact);
  }
  const document = saved("run");
  assert(document.command === "run");
  const stopped: AnyDocument = {
    ...document,
    result: { ...document.result, failed: 0, how: "stopped", exitCode: null },
  };
  assert(htmlPage([stopped]).includes(`class="banner open"`));
});

Deno.test("run: what each thread did, and every attempt, by start", () => {
  const document = runOf({});
  assertEquals(tableOf(document, "Threads"), [
    ["THREAD", "TASKS", "ATTEMPTS", "FAILED", "RETRIED", "LOST", "STOLEN", "REPLACED", "BUSY"],
    ["0", "3", "31", "4", "3", "2", "4", "1", "87.8 %"],
    ["1", "3", "26", "1", "2", "2", "0", "1", "80.8 %"],
  ]);
  const attempts = tableOf(document, "Every attempt");
  assertEquals(attempts.length, 1 + document.result.timeline.attempts.length);
  assertEquals(attempts[0], ["LINE", "ATTEMPT", "THREAD", "TASK", "START, ms", "TOOK, ms", "OUTCOME"]);
  const starts = attempts.slice(1).map((row) => Number(row[4]));
  assertEquals(starts, starts.toSorted((a, b) => a - b));
});

Deno.test("run: a thread is busy while at least one of its tasks is", () => {
  const attempt = { thread: 0, line: 1, attempt: 1, outcome: "ok" } as const;
  const attempts = [[0, 10, 20], [1, 10, 40], [2, 15, 18], [0, 90, 100]].map(([task, startMs, endMs]) => ({
    ...attempt,
    task,
    startMs,
    endMs,
  }));
  const rows = tableOf(runOf({ attempts, events: [] }), "Threads");
  assertEquals(rows, [["THREAD", "TASKS", "ATTEMPTS", "BUSY"], ["0", "3", "4", "40 %"]]);
});

Deno.test("run: the page says which attempts, threads and tasks it does not show", () => {
  const attempts = manyAttempts(20, 40);
  const page = htmlPage([runOf({ attempts, leftOut: 46_112 })]);
  const said = [...page.matchAll(/<p class="few">([^<]*)/g)].map(([, text]) => text);
  assertEquals(said, [
    "2,000 of 48,112 attempts are shown, until 1.04 s: a document has the first 2,000 that ended.",
    "4 threads and 608 tasks are not drawn, for lack of room.",
  ]);
  const failed = attempts.filter(({ outcome }) => outcome !== "ok").length;
  const caption = `Attempts that failed or were lost: the first 100 of ${failed}`;
  assertEquals(tableOf(runOf({ attempts }), caption).length, 101);
  assertEquals(tableOf(runOf({ attempts: manyAttempts(101, 1) }), "Threads: the first 100 of 101").length, 101);
  const unknown = htmlPage([runOf({ leftOut: 1 })]);
  assert(unknown.includes("57 of 58 attempts are shown: of the others nobody knows when they ran."));
  assertEquals(attempts.length, maxAttempts);
});

Deno.test("run: nothing is said of threads if no attempt is known", () => {
  for (const page of [htmlPage([saved("run")]), htmlPage([runOf({ attempts: [] })])]) {
    assertEquals(page.includes("Threads over time"), false);
  }
});

Deno.test("diff: what changed is the headline, its tone and a row", () => {
  const slower = htmlPage([diffOf(1.5)]);
  assert(/<h2[^>]*>1 of \d+ numbers regressed<\/h2>/.test(slower) && slower.includes(`class="banner bad"`));
  const row = tableOf(diffOf(1.5), "All changes").find((cells) => cells.includes("✘ regressed")) ?? [];
  assertEquals([row[1], row[4]], ["threads", "+50.0 %"]);
  const faster = htmlPage([diffOf(1 / 1.5)]);
  assert(/<h2[^>]*>1 of \d+ numbers improved, none regressed<\/h2>/.test(faster));
  assert(slower.includes("<title>tandem diff of compare job.js</title>"));
});

Deno.test("jobs and channel: a row for each", () => {
  assertEquals(tableOf(saved("jobs"), "Built-in jobs")[1], ["@primes", "computes: counts primes", "threads"]);
  assertEquals(tableOf(saved("channel"), "All values"), [["VALUE", "AT"], ["1", "0 ms"], ["2", "10 ms"], [
    "3",
    "20 ms",
  ]]);
});
