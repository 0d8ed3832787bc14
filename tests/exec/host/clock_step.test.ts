import { processHost } from "../../../lib/exec/host/process/process_host.ts";
import type { SlotCommand } from "../../../lib/exec/host/process/slot_command.ts";
import { workerHost } from "../../../lib/exec/host/worker_host.ts";
import { entryPoint } from "../../../lib/entry_points.ts";
import { assertEquals } from "@std/assert";
import { Stage, summary } from "./stage.ts";

/** Source that sets the wall clock of the thread it runs in: its origin is so many milliseconds off. */
function setClock(ms: number): string {
  return `Object.defineProperty(performance, "timeOrigin", { value: performance.timeOrigin + ${ms} });`;
}

/** Source that sets the wall clock of each Worker that is made from now on. */
function setThreadsClock(ms: number): string {
  return `const Worker = globalThis.Worker;
    globalThis.Worker = class extends Worker {
      constructor(module, options) {
        const source = ${JSON.stringify(setClock(ms))} + "await import(" + JSON.stringify(String(module)) + ");";
        super("data:application/javascript," + encodeURIComponent(source), options);
      }
    };`;
}

/** Calls `use` while the wall clock of each new thread is off. */
async function withThreadsOff(ms: number, use: () => Promise<void>): Promise<void> {
  const { Worker } = globalThis;
  await import(`data:application/javascript,${encodeURIComponent(setThreadsClock(ms))}`);
  try {
    await use();
  } finally {
    globalThis.Worker = Worker;
  }
}

/** A slot's process whose wall clock is off, in all of its threads. */
function commandOff(ms: number): SlotCommand {
  const process = JSON.stringify(entryPoint("process").href);
  return {
    program: Deno.execPath(),
    args: [
      "run",
      "--cached-only",
      "--no-prompt",
      "--quiet",
      "--allow-all",
      "--unstable-worker-options",
      "--ext=js",
      "-",
    ],
    stdin: `${setClock(ms)} ${setThreadsClock(ms)} await import(${process});`,
  };
}

const job = `export default (i) => i === 1 ? new Promise(() => {}) : i;`;

async function check(stage: Stage): Promise<void> {
  const seen = await stage.outcomes(job, [0, 1, 2], { threads: 1, tasks: 1 }, { timeoutMs: 500 });
  assertEquals(summary(seen), [0, "TimeoutError", 2]);
  await stage.pool(job, { threads: 1, tasks: 1 }, async ({ run, oldest }) => {
    const outcomes = run([0, 1]);
    const first = await outcomes.next();
    const rest = outcomes.next();
    let found = await oldest();
    while (found === undefined) found = await oldest();
    assertEquals([first.value?.index, found.line, found.ageMs < 60_000], [0, 2, true]);
    rest.catch(() => {});
  });
}

for (const [when, ms] of [["ahead", 3_600_000], ["back", -3_600_000]] as const) {
  const set = `the clock is set an hour ${when} before a thread starts: no time limit fires early or never`;
  const worker = new Stage("worker", workerHost);
  worker.test(set, () => withThreadsOff(ms, () => check(worker)));
  const process = new Stage("process", (permissions) => processHost({ command: commandOff(ms), permissions }));
  process.test(set, () => check(process));
}
