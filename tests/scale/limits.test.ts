import { assertEquals } from "@std/assert";
import type { Limit, LimitName } from "../../lib/model/scale.ts";
import { eachUse, forecast, memoryUse, metLimit } from "../../lib/scale/limits.ts";
import type { Use } from "../../lib/scale/wire.ts";

const limits: readonly Limit[] = [
  { name: "memory", value: 1000, used: 200 },
  { name: "heap", value: 400, used: 0 },
  { name: "threads-max", value: 100, used: 20 },
  { name: "map-count", value: 330, used: 30 },
];
const threads: Use = { rssBytes: 70, virtualBytes: null, threads: 10, maps: 50, files: 60 };

Deno.test("forecast: the nearest limit first; those of which nothing is taken or known are left out", () => {
  const of = (each: Use, kind: "thread" | "promise") =>
    forecast(limits, each, kind).map(({ limit, alive }): [LimitName, number] => [limit, alive]);
  assertEquals(of(eachUse(threads, 10), "thread"), [["map-count", 60], ["threads-max", 80], ["memory", 114]]);
  assertEquals(of(memoryUse(3), "promise"), [["heap", 133], ["memory", 266]]);
  assertEquals(of(memoryUse(0), "promise"), []);
  assertEquals(forecast([{ name: "memory", value: 5, used: 9 }], memoryUse(1), "promise")[0].alive, 0);
});

Deno.test("met limit: the one that was nearest to its end, from 90 % on; a thread has a heap of its own", () => {
  const met = (rssBytes: number, threads: number | null, kind: "thread" | "promise" = "thread") =>
    metLimit(limits, { ...memoryUse(rssBytes), threads }, kind)?.name;
  assertEquals([met(699, 0), met(700, 0), met(0, 69), met(0, 70), met(720, 75)], [
    undefined,
    "memory",
    undefined,
    "threads-max",
    "threads-max",
  ]);
  assertEquals([met(380, 0), met(380, 0, "promise"), met(0, null)], [undefined, "heap", undefined]);
});
