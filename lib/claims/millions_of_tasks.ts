import type { StopName } from "../model/scale.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import type { MemoryFound } from "./measure_memory.ts";
import { memoryLadder, million } from "./memory_ladder.ts";
import { countOf, quantity } from "./quantities.ts";

/** Claim 3. */
export const millionsOfTasks: Claim<MemoryFound> = {
  id: "millions-of-tasks",
  sentence: "a million tasks fit",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: memoryLadder,
  judge: judgeMillion,
  explained: {
    stands:
      'The book: "We could spawn millions of async tasks on any modern personal computer." The article speaks of thousands.',
    measured: `10,000, 100,000 and 1,000,000 async functions wait for a promise that does not settle, each number in a
fresh process, whose resident memory is read before and after. It holds if the million is there, within the
memory that tasks may take. The cost of one task is the slope of a line through these numbers.`,
    reading: `A waiting task in JavaScript is a few objects: a promise, what goes on after it, its function's state. A
timer, a fetch or a closure over large data costs more: tandem scale measures each kind.`,
    elsewhere: [
      {
        says: 'tokio: a task is one allocation and 64 bytes; "thousands, if not millions" may be spawned.',
        source:
          "Tokio tutorial, Spawning, https://github.com/tokio-rs/website/blob/04afd997b6b51d364f4d3ac06fa91f4297bb7191/content/tokio/tutorial/spawning.md",
      },
      {
        says:
          "Go: a goroutine starts with a few kilobytes of stack; hundreds of thousands in one address space are practical.",
        source: "Go FAQ, https://golang.org/doc/faq#goroutines",
      },
      {
        says: "Erlang: a new process uses 327 words, 2,616 bytes on 64 bits.",
        source: "Erlang/OTP Efficiency Guide, Processes, https://erlang.org/doc/system/eff_guide_processes",
      },
    ],
    byHand: `const before = Deno.memoryUsage().rss;
const never = new Promise<void>(() => {});
let waiting = 0;
const task = async () => {
  waiting++;
  await never;
};
for (let i = 0; i < 1_000_000; i++) void task();
await null;
const bytes = Deno.memoryUsage().rss - before;
console.log(waiting, "tasks wait and take", bytes / 2 ** 20, "MiB,", bytes / waiting, "bytes each");`,
  },
};

/** What stops a rung and says nothing about the machine. */
const notTried: readonly (StopName | null)[] = ["max-time", "interrupted"];

/** Judges whether the highest rung was reached. */
export function judgeMillion({ tasks: { rungs, bytesEach }, threads }: MemoryFound): Finding {
  const top = rungs.at(-1);
  const thread = threads.points.at(-1);
  return {
    test: testOf(top, bytesEach),
    effect: null,
    interval: null,
    evidence: {
      tasks: bytesEach === null ? null : quantity(bytesEach, "bytes"),
      threads: thread === undefined ? null : quantity(thread.rssBytes / thread.alive, "bytes"),
      says: top === undefined
        ? "No task was parked."
        : "Of {wanted} tasks {reached} wait at the same time; they take {total}, {each} each.",
      quantities: top === undefined ? {} : {
        wanted: countOf(top.alive),
        reached: countOf(top.reached),
        total: quantity(top.totalBytes ?? NaN, "bytes"),
        each: quantity(bytesEach ?? NaN, "bytes"),
      },
      samples: {
        aliveCount: rungs.map(({ alive }) => alive),
        totalBytes: rungs.flatMap(({ totalBytes }) => totalBytes ?? []),
        startMs: rungs.flatMap(({ startMs }) => startMs ?? []),
      },
    },
  };
}

function testOf(top: MemoryFound["tasks"]["rungs"][number] | undefined, bytesEach: number | null): Test {
  if (top === undefined || notTried.includes(top.stoppedBy)) return { kind: "open", reason: { kind: "time-up" } };
  if (top.stoppedBy === "max-memory") {
    const maxBytes = top.limit ?? 0;
    const each = bytesEach ?? maxBytes / Math.max(1, top.reached);
    return { kind: "open", reason: { kind: "too-little-memory", neededBytes: Math.ceil(million * each), maxBytes } };
  }
  if (top.stoppedBy !== null) return { kind: "counted", holds: false };
  if (top.alive < million) return { kind: "open", reason: { kind: "left-out", effort: "quick" } };
  return { kind: "counted", holds: top.reached === top.alive };
}
