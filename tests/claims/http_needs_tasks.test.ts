import { assert, assertEquals, assertRejects } from "@std/assert";
import { httpNeedsTasks, judgeWaits } from "../../lib/claims/http_needs_tasks.ts";
import { withHttpServer } from "../../lib/claims/http_server.ts";
import { measureWaits, type WaitsFound } from "../../lib/claims/http_waits.ts";
import { judge } from "../../lib/claims/judge.ts";
import { place, quickLab } from "./lab.ts";

const verdictOn = (found: WaitsFound) =>
  judge([{ claim: httpNeedsTasks, finding: judgeWaits(found), loads: [] }], [], place)[0]?.verdict;

Deno.test("http-needs-tasks: twice the time is its limit, whatever timers show", () => {
  const pairs = (ratio: number) => {
    const tasksMs = Array.from({ length: 12 }, (_, i) => 100 + i / 100);
    return { tasksMs, threadsMs: tasksMs.map((ms) => ratio * ms) };
  };
  const found = (ratio: number): WaitsFound => ({
    ...{ waitMs: 20, waits: 1_000, atOnce: 1_000, threads: 16, measured: 32 },
    requests: pairs(ratio),
    timers: pairs(5 - ratio),
  });
  assertEquals([found(2.01), found(1.99)].map(verdictOn), ["holds", "fails"]);
  const { quantities } = judgeWaits(found(3)).evidence;
  assertEquals([quantities.waits.value, quantities.measured.value, quantities.threadCount.value], [1_000, 32, 16]);
});

Deno.test("http-needs-tasks: requests and timers in both, each round; the waits are as long as they should be", async () => {
  const plan = { waitMs: 4, waits: 40, atOnce: 40, threads: 2 };
  const { requests, timers, measured } = await measureWaits(quickLab(), plan);
  const series = [requests.tasksMs, requests.threadsMs, timers.tasksMs, timers.threadsMs];
  assertEquals(series.map(({ length }) => length), [12, 12, 12, 12]);
  assert(measured >= 4 && measured <= 40 && measured % 2 === 0, `${measured}`);
  const shortest = series.map((ms) => Math.min(...ms));
  assert(shortest[0] > 3 && shortest[2] > 3, `${shortest}`); // one wait
  assert(shortest[1] > 60 && shortest[3] > 60, `${shortest}`); // 20 waits, one after the other
});

Deno.test("http-needs-tasks: it fails for tasks that block", async () => {
  const found = await measureWaits(quickLab(), { waitMs: 2, waits: 12, atOnce: 1, threads: 2 });
  assertEquals(verdictOn(found), "fails");
});

Deno.test("http-needs-tasks: the server ends with the measurement, and its end ends the measurement", async () => {
  const url = await withHttpServer(0, new AbortController().signal, async (url) => {
    assertEquals(await (await fetch(url)).text(), "answer");
    return url;
  });
  await assertRejects(() => fetch(url), TypeError);
  await assertRejects(() => withHttpServer(0, AbortSignal.abort(), () => Promise.resolve()), Error, "has ended");
});
