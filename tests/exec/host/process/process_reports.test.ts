import { assert, assertEquals } from "@std/assert";
import { processHost } from "../../../../lib/exec/host/process/process_host.ts";
import { ownCommand } from "../../../../lib/exec/host/process/slot_command.ts";
import { workerHost } from "../../../../lib/exec/host/worker_host.ts";
import { reportsOf } from "../probes.ts";
import { type MakeHost, Stage } from "../stage.ts";

/** Computes for this many milliseconds. */
const computing = `
  export default (ms) => {
    const since = performance.now();
    let x = 0;
    while (performance.now() - since < ms) for (let i = 0; i < 1e4; i++) x = (x * 31 + i) % 65_521;
    return x;
  }`;

const host: MakeHost = (permissions) => processHost({ command: ownCommand(), permissions });
const processes = new Stage("process", host);
const threads = new Stage("worker", workerHost);

processes.test("a report contains what all threads of the slot's process have used", async () => {
  const { reports } = await reportsOf(processes, computing, [100, 100, 100]);
  for (const { processCpuMs = NaN, processRssBytes = NaN, heapBytes = NaN } of reports) {
    assert(processCpuMs >= 0, `${processCpuMs}`);
    assert(processRssBytes > heapBytes, `${processRssBytes} of ${heapBytes}`);
  }
  const cpuMs = reports.reduce((sum, { processCpuMs = 0 }) => sum + processCpuMs, 0);
  assert(cpuMs > 10, `${cpuMs}`); // a busy machine gives it little
});

threads.test("a thread reports no process use", async () => {
  const { reports } = await reportsOf(threads, computing, [1]);
  assertEquals(reports.map(({ processCpuMs, processRssBytes }) => [processCpuMs, processRssBytes]), [[
    undefined,
    undefined,
  ]]);
});
