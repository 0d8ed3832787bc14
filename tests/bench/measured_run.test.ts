import { assert, assertEquals, assertRejects } from "@std/assert";
import type { RunReading } from "../../lib/model/run_reading.ts";
import { measureRun, thinned } from "../../lib/bench/measured_run.ts";
import { OutputCheck, Records } from "../../lib/bench/outputs.ts";
import { ItemFailed, OutputsDiffer } from "../../lib/errors.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import type { FromSlot } from "../../lib/exec/wire/protocol.ts";
import type { Cell } from "../../lib/model/grid.ts";
import { type FakeJob, fakeMachine } from "./fake_machine.ts";
import { numbered, workOn } from "./fake_work.ts";

type Results = FromSlot & { readonly kind: "results" };

const serial: Cell = { mode: "serial", threads: 1, tasks: 1 };
const threads: Cell = { mode: "threads", threads: 2, tasks: 1 };

/** One run of 4 items, after 2 that warm up. `change`: what else a slot reports; `slot` counts from 0 in the order of their starts. */
function measure(
  job: FakeJob,
  cell = serial,
  { change = () => ({}), outputs, foreignCores = 0 }: {
    change?: (slot: number) => Partial<Results>;
    outputs?: OutputCheck;
    foreignCores?: number;
  } = {},
): Promise<RunReading> {
  const machine = fakeMachine(job, { noise: 0, startMs: 20, foreignCores });
  let slots = 0;
  const host: Host = (generation, onMessage) => {
    const slot = slots++;
    return machine.host(
      generation,
      (message) => onMessage(message.kind === "results" ? { ...message, ...change(slot) } : message),
    );
  };
  const itemsFor = () => ({ warmup: numbered(2), measured: numbered(4, 10) });
  return measureRun({ id: `in ${cell.mode}`, work: { ...workOn(machine), host }, cell, itemsFor, outputs });
}

Deno.test("measureRun: what ran and how long, without starting and warming up", async () => {
  const { startMs, elapsedMs, items, ...rest } = await measure({ computingMs: 3, waitingMs: 7 });
  assertEquals([startMs, elapsedMs, items], [20, 40, 4]);
  assertEquals(rest.worked, { ms: 40, cpuMs: 12, knownMs: 40, pendingMs: 28 });
  assertEquals(rest.slotCpuMs, [12]);
  assertEquals([[...rest.itemMs], [...rest.lagMs]], [[10, 10, 10, 10], [3, 3, 3, 3]]);
  assertEquals([rest.heapBytes, rest.rssBytes], [1e6, 100e6]); // the slots have ended
  assertEquals(rest.latency, { sendMs: 0, queueMs: 0, receiveMs: 0 });
});

Deno.test("measureRun: the items that warm up run first, and starting is timed from its own beginning", async () => {
  const seen: unknown[] = [];
  const machine = fakeMachine({ computingMs: (item) => (seen.push(item), 1) }, { noise: 0, startMs: 20 });
  const itemsFor = () => ({ warmup: numbered(2), measured: numbered(2, 10) });
  const entrant = { id: "one", work: workOn(machine), cell: serial, itemsFor };
  const first = await measureRun(entrant);
  const second = await measureRun(entrant);
  assertEquals([first.startMs, second.startMs], [20, 20]);
  assertEquals(seen, [0, 1, 10, 11, 0, 1, 10, 11]);
});

Deno.test("measureRun: the most that any heap used, and the last that each process did", async () => {
  let readings = 0;
  const change = () => ({ heapBytes: [9, 3, 5, 7, 4, 6][readings], processRssBytes: 100 + readings++ });
  const { heapBytes, rssBytes } = await measure({ computingMs: 1 }, serial, { change });
  assertEquals([heapBytes, rssBytes], [7, 100e6 + 105]); // two readings are of the warm-up
});

Deno.test("measureRun: what Deno cannot tell of the thread and of switches is null", async () => {
  const machine = fakeMachine({ computingMs: 1 });
  let reads = 0;
  const meter = {
    ...machine.meter,
    readLoad: () => ({
      ...machine.meter.readLoad(),
      mainMs: undefined,
      voluntarySwitches: reads++ ? 7 : undefined,
      involuntarySwitches: 3 * reads,
    }),
  };
  const itemsFor = () => ({ warmup: numbered(1), measured: numbered(1) });
  const { load } = await measureRun({ id: "one", work: { ...workOn(machine), meter }, cell: serial, itemsFor });
  assertEquals([load.mainMs, load.voluntarySwitches, load.involuntarySwitches], [null, null, 3]);
});

Deno.test("measureRun: what the machine did meanwhile", async () => {
  const { load } = await measure({ computingMs: 10 }, serial, { foreignCores: 0.5 });
  assertEquals(load, { busyMs: 60, ownMs: 40, mainMs: 0, voluntarySwitches: 0, involuntarySwitches: 0 });
});

Deno.test("measureRun: processes of slots are ours: their CPU time and memory count", async () => {
  const change = (slot: number) => ({ processCpuMs: 1.5, processRssBytes: 1e6 * (slot + 1) });
  const { load, rssBytes, slotCpuMs } = await measure({ computingMs: 10 }, threads, { change });
  assertEquals(load.ownMs, 40 + 4 * 1.5);
  assertEquals(slotCpuMs, [20, 20]);
  assertEquals(rssBytes, 100e6 + 1e6 + 2e6); // each process once, however many readings there are
});

Deno.test("measureRun: sums over the slots; what is not known does not count", async () => {
  const sums = { sentMs: 1, queuedMs: 2, heldMs: 3, leftAt: 0 };
  const change = (slot: number) => ({
    cpuMs: slot === 0 ? undefined : 4,
    heapBytes: 1e6 * (slot + 1),
    phases: slot === 0 ? { ...sums, leftAt: Infinity } : undefined,
  });
  const { worked, slotCpuMs, heapBytes, latency } = await measure({ computingMs: 10 }, threads, { change });
  assertEquals(worked, { ms: 40, cpuMs: 8, knownMs: 20, pendingMs: 0 });
  assertEquals([slotCpuMs, heapBytes], [[8], 1e6]); // the heap comes with the phases
  assertEquals(latency, { sendMs: 2, queueMs: 4, receiveMs: 6 });
});

Deno.test("measureRun: nothing is known of a slot that reports nothing", async () => {
  const silent = { cpuMs: undefined, phases: undefined, itemMs: undefined };
  const { slotCpuMs, heapBytes, latency, itemMs, lagMs } = await measure({ computingMs: 10 }, serial, {
    change: () => silent,
  });
  assertEquals([slotCpuMs, heapBytes, latency, itemMs.length, lagMs.length], [[], null, null, 0, 0]);
});

Deno.test("measureRun: an item that fails ends it, by its index; outputs are compared with those of other entrants", async () => {
  const failure = (place: number) => place === 3 ? "bad" : undefined;
  const error = await assertRejects(() => measure({ computingMs: 1, failure }), ItemFailed); // counted from 1
  assertEquals(error.message.match(/\d+/)?.[0], "14", error.message);
  const outputs = new OutputCheck((bytes) => new TextDecoder().decode(bytes));
  await measure({ computingMs: 1 }, serial, { outputs });
  assertEquals(outputs.digest, "0\n1\n2\n3\n");
  await assertRejects(() => measure({ computingMs: 1, result: () => 7 }, threads, { outputs }), OutputsDiffer);
});

Deno.test("measureRun: how long outcomes were held in a thread and on their way adds up", async () => {
  const machine = fakeMachine({ computingMs: 10 }, { noise: 0, startMs: 20 });
  const host: Host = (generation, onMessage) =>
    machine.host(generation, (message) => {
      const left = { sentMs: 0, queuedMs: 0, heldMs: 3, leftAt: machine.clock.now() - 2 };
      onMessage(message.kind === "results" ? { ...message, phases: left } : message);
    });
  const itemsFor = () => ({ warmup: numbered(1), measured: numbered(4) });
  const { latency } = await measureRun({ id: "one", work: { ...workOn(machine), host }, cell: serial, itemsFor });
  assertEquals(latency?.receiveMs, 4 * (3 + 2)); // four messages of one item
});

Deno.test("measureRun: memory is taken for outputs like those of the items that warm up, and a quarter more, before the others run", async () => {
  const seen: unknown[] = [];
  const reserved: unknown[] = [];
  class Reserving extends Records {
    override reserve(bytes: number): void {
      reserved.push(bytes, seen.length);
    }
  }
  class Check extends OutputCheck {
    override records = (indexOf: Records["indexOf"]) => new Reserving(indexOf);
  }
  const job = { computingMs: (item: unknown) => (seen.push(item), 1), result: () => "x".repeat(97) }; // 100 bytes with quotes
  const itemsFor = () => ({ warmup: numbered(3), measured: numbered(12) });
  const outputs = new Check(() => "");
  const work = workOn(fakeMachine(job, { noise: 0 }));
  await measureRun({ id: "one", work, cell: serial, itemsFor, outputs });
  assertEquals(reserved, [12 * 100 * 1.25, 3]);
});

Deno.test("thinned: keeps all numbers, ascending, if there are few", () => {
  assertEquals([...thinned([[3, 1], [], [2]])], [1, 2, 3]);
});

Deno.test("thinned: keeps quantiles, including both ends, if there are many", () => {
  const kept = thinned([Array.from({ length: 100_001 }, (_, i) => 100_000 - i)]);
  assertEquals([kept.length, kept[0], kept.at(-1)], [2000, 0, 100_000]);
  assert(Math.abs(kept[1000] - 50_000) < 100, `${kept[1000]}`);
});
