import os from "node:os";
import { assertEquals } from "@std/assert";
import { type LoadReading, processMeter } from "../../lib/bench/machine_load.ts";

type Told = Pick<typeof globalThis.process, "cpuUsage" | "resourceUsage" | "threadCpuUsage">;

/** A reading where the system tells this of its cores, and Node's `process` this. */
function readWith(
  cores: readonly { user: number; nice: number; sys: number; irq: number }[],
  told: Partial<Told>,
): LoadReading {
  const { cpus } = os;
  const { process } = globalThis;
  os.cpus = () => cores.map((times) => ({ model: "", speed: 1, times: { ...times, idle: 1e6 } }));
  globalThis.process = { cpuUsage: process.cpuUsage, ...told } as typeof process;
  try {
    return processMeter.readLoad();
  } finally {
    globalThis.process = process;
    os.cpus = cpus;
  }
}

const cpuUsage = () => ({ user: 3_000, system: 500 }); // in microseconds

Deno.test("machine load: cores are busy for programs, nice ones, the kernel and interrupts; all times are in milliseconds", () => {
  const cores = [{ user: 1_000, nice: 200, sys: 30, irq: 4 }, { user: 5_000, nice: 600, sys: 70, irq: 8 }];
  const { busyMs, ownMs, mainMs } = readWith(cores, { cpuUsage, threadCpuUsage: () => ({ user: 1_000, system: 250 }) });
  assertEquals([busyMs, ownMs, mainMs], [1_234 + 5_678, 3.5, 1.25]);
});

Deno.test("machine load: what the system or Deno cannot tell is undefined", () => {
  const untold = readWith([], { cpuUsage });
  assertEquals(untold, {
    busyMs: undefined,
    ownMs: 3.5,
    mainMs: undefined,
    voluntarySwitches: undefined,
    involuntarySwitches: undefined,
  });
});

Deno.test("machine load: the memory is that of this program", () => {
  const { rss } = Deno.memoryUsage();
  const told = processMeter.rssBytes();
  assertEquals([told > rss / 2, told < 2 * rss], [true, true]);
});
