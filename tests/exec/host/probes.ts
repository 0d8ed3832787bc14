import { assert, assertEquals } from "@std/assert";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";
import { spanWords } from "../../../lib/exec/wire/probed.ts";
import { numbers } from "../inline_job.ts";
import type { Items, Setting, Stage } from "./stage.ts";

/** Blocks its thread for as many milliseconds as the item says. */
const blocking = `
  const gate = new Int32Array(new SharedArrayBuffer(4));
  export default (ms) => void Atomics.wait(gate, 0, 0, ms);`;

/** Waits for `item` timers of 5 ms, one after the other. */
const waiting = `
  export default async (timers) => {
    for (let i = 0; i < timers; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  }`;

/** How much `Atomics.wait` and clocks may differ, in milliseconds. */
const slackMs = 1;

/** Everything that slots report with `probes: "all"`, and how long the run took. */
export async function reportsOf(stage: Stage, job: string, items: Items, setting: Setting = {}) {
  const reports: SlotReading[] = [];
  let elapsedMs = NaN;
  await stage.pool(job, { threads: 1, probes: "all", ...setting }, async ({ run }) => {
    const start = performance.now();
    await Array.fromAsync(run(items, { onReading: (report) => reports.push(report) }));
    elapsedMs = performance.now() - start;
  });
  return { reports, elapsedMs };
}

/** Slots report loop lag, and where items spend their time. */
export function testProbes(stage: Stage): void {
  stage.test("a job that blocks its thread delays timers by that long, including all ticks that were missed", async () => {
    const { reports } = await reportsOf(stage, blocking, [50]);
    const lags = reports.flatMap(({ lagMs }) => lagMs ?? []);
    const longest = Math.max(...lags);
    assert(longest >= 45 - slackMs, `${lags}`); // the first tick is due 5 ms after work begins
    assert(longest <= sum(reports, ({ ms }) => ms), `${lags}`);
    assert(lags.length >= 9, `${lags}`);
  });

  stage.test("a job that waits does not delay timers", async () => {
    const { reports } = await reportsOf(stage, waiting, [20, 20, 20], { tasks: 3 });
    const lags = reports.flatMap(({ lagMs }) => lagMs ?? []);
    assert(lags.length >= 5, `${lags}`);
    assert(Math.min(...lags) < 5, `${lags}`);
  });

  stage.test("items wait for earlier items; the phases of all items lie within the run", async () => {
    const items = [20, 20, 20, 20];
    const { reports, elapsedMs } = await reportsOf(stage, blocking, items);
    const total = (phase: keyof NonNullable<SlotReading["phases"]>) => sum(reports, ({ phases }) => phases![phase]);
    const [sentMs, queuedMs, heldMs, receiveMs] = (["sentMs", "queuedMs", "heldMs", "receiveMs"] as const).map(total);
    for (const ms of [sentMs, queuedMs, heldMs, receiveMs]) assert(ms >= 0);
    // At first a slot gets three items: the second waits for one, the third for two.
    assert(sentMs + queuedMs >= 20 + 40 - slackMs, `${sentMs} + ${queuedMs}`);
    const runMs = sum(reports, ({ itemMs = [] }) => itemMs.reduce((all, ms) => all + ms, 0));
    assert(runMs >= items.length * (20 - slackMs), `${runMs}`);
    const allMs = sentMs + queuedMs + runMs + heldMs + receiveMs;
    assert(allMs <= items.length * (elapsedMs + slackMs), `${allMs} of ${items.length} times ${elapsedMs}`);
  });

  stage.test("outcomes are held while other items of their thread run", async () => {
    const { reports } = await reportsOf(stage, waiting, [1, 1, 1, 40], { tasks: 4 });
    assert(reports.every(({ phases }) => phases !== undefined && phases.heldMs >= 0));
    assertEquals(sum(reports, ({ items }) => items), 4);
  });

  stage.test("phases of stolen, failed and slow items are never negative", async () => {
    const job = `
      const gate = new Int32Array(new SharedArrayBuffer(4));
      export default (i) => {
        Atomics.wait(gate, 0, 0, i % 50 === 0 ? 5 : 0);
        if (i % 3 === 0) throw new Error("bad");
      }`;
    const { reports } = await reportsOf(stage, job, numbers(500), { threads: 2 });
    for (const { phases, lagMs = [] } of reports) {
      const { sentMs, queuedMs, heldMs, receiveMs } = phases!;
      for (const ms of [sentMs, queuedMs, heldMs, receiveMs, ...lagMs]) assert(ms >= 0, `${ms}`);
    }
    assertEquals(new Set(reports.map(({ slot }) => slot)).size, 2);
  });

  stage.test("a report contains the heap of its thread", async () => {
    const { reports } = await reportsOf(stage, blocking, [1]);
    assert(reports.every(({ heapBytes = 0 }) => heapBytes > 100_000));
  });

  stage.test("spans: when each item ran, in the clock of the pool, also of those that fail and of generators", async () => {
    const job = `export default async function* (i) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (i === 1) throw new Error("bad");
      yield i;
    }`;
    const before = performance.now();
    const { reports } = await reportsOf(stage, job, [0, 1, 2], { probes: "none", spans: "all", tasks: 3 });
    const after = performance.now();
    const flat = reports.flatMap(({ spans = [] }) => spans);
    const spans = [0, 1, 2].map((at) => flat.slice(at * spanWords, (at + 1) * spanWords));
    assertEquals([flat.length, spans.map(([item]) => item).toSorted()], [3 * spanWords, [0, 1, 2]]);
    for (const [, startMs, ms] of spans) {
      assert(startMs >= before - slackMs && ms >= 20 - slackMs && startMs + ms <= after + slackMs, `${startMs} ${ms}`);
    }
  });

  stage.test("spans: how long a promise was pending, of what its function took in all", async () => {
    const job = `export default async (i) => {
      for (const until = performance.now() + 20; performance.now() < until;);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }`;
    const { reports } = await reportsOf(stage, job, [0], { probes: "none", spans: "all" });
    const [, , ms, pendingMs] = reports.flatMap(({ spans = [] }) => spans);
    assert(pendingMs >= 30 - slackMs && ms - pendingMs >= 20 - slackMs, `${pendingMs} of ${ms}`);
  });

  for (const probes of ["none", "cpu"] as const) {
    stage.test(`with probes: ${probes}, nothing of this is reported`, async () => {
      const { reports } = await reportsOf(stage, blocking, [1, 1, 1, 30], { probes });
      assert(reports.length > 0);
      for (const { itemMs, lagMs, phases, heapBytes, processCpuMs, processRssBytes, spans } of reports) {
        const measured = [itemMs, lagMs, phases, heapBytes, processCpuMs, processRssBytes, spans];
        assertEquals(measured, Array(7).fill(undefined));
      }
      assertEquals(reports.some(({ cpuMs }) => cpuMs !== undefined), probes === "cpu" && reports.length > 1);
    });
  }
}

function sum(reports: readonly SlotReading[], of: (report: SlotReading) => number): number {
  return reports.reduce((total, report) => total + of(report), 0);
}
