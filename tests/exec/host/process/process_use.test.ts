import { assert } from "@std/assert";
import { ProcessUseReader } from "../../../../lib/exec/host/process/process_use.ts";

Deno.test("process use: CPU time since the last reading, and memory", () => {
  const first = globalThis.process.cpuUsage();
  const use = new ProcessUseReader();
  const before = globalThis.process.cpuUsage();
  while (true) { // for CPU time, not elapsed time: the machine may be busy
    const { user, system } = globalThis.process.cpuUsage(before);
    if (user + system > 20_000) break;
  }
  const { processCpuMs = 0, processRssBytes = 0 } = use.read();
  assert(processCpuMs >= 20, `${processCpuMs}`);
  const { user, system } = globalThis.process.cpuUsage(first);
  assert(processCpuMs <= (user + system) / 1000, `${processCpuMs}`);
  assert(processRssBytes > 2 ** 20);
  assert(use.read().processCpuMs! < processCpuMs);
});
