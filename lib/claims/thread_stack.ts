import type { Ends } from "../model/interval.ts";
import { endsOf, estimateRatio } from "../stats/ratio_estimate.ts";
import { minValues } from "../stats/signed_rank.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import { tooFewThreads } from "./few_threads.ts";
import type { MemoryFound } from "./measure_memory.ts";
import { memoryLadder } from "./memory_ladder.ts";
import { countOf, quantity } from "./quantities.ts";

/** The stack of a thread in Rust, by default. */
const rustStackBytes = 2 * 2 ** 20;

/** Claim 5. */
export const threadStack: Claim<MemoryFound> = {
  id: "thread-stack",
  sentence: "threads take much memory",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: memoryLadder,
  judge: judgeStack,
  explained: {
    stands:
      "The article: each thread has its own stack, typically 2 MB by default in Rust. The book: on many operating systems, threads use a fair bit of memory for each thread.",
    measured:
      `Threads start in a process of their own, and its resident memory and address space are read at 1, 2, 3, 5, 7,
10 and so on. What one more thread takes is the Hodges-Lehmann estimate from the steps between these. It holds if the 95 %
interval of the resident memory lies above 2 MiB. From outside a thread's stack cannot be told from its heap and its engine, so
it is all of it that is measured.`,
    reading: `Most of the address space is reserved and never used: it costs nothing but itself. Resident memory is what
counts. In Deno most of it is the JavaScript engine of the thread, not its stack.`,
    elsewhere: [
      {
        says: "Rust: the default stack of a spawned thread is 2 MiB on all Tier-1 platforms.",
        source:
          "Rust std::thread, https://github.com/rust-lang/rust/blob/0010d0bcdd48a280ae5c05d71e0b28003716d6b9/library/std/src/thread/mod.rs",
      },
      {
        says:
          "Rust, measured: about 20 KiB a thread is really used (9.5 KiB user, 10 KiB kernel), a few hundred bytes a task.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
    ],
    byHand: `const url = URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }));
const read = () => {
  const status = Deno.readTextFileSync("/proc/self/status"); // Linux
  const of = (name: string) => Number(new RegExp(name + ":\\\\s+(\\\\d+)").exec(status)?.[1]) / 1024;
  return { resident: of("VmRSS"), virtual: of("VmSize") };
};
const before = read();
const workers = Array.from({ length: 20 }, () => new Worker(url, { type: "module" }));
await Promise.all(workers.map((worker) => new Promise((done) => worker.onmessage = done)));
const after = read();
console.log("a thread takes", (after.resident - before.resident) / 20, "MiB resident,");
console.log((after.virtual - before.virtual) / 20, "MiB of address space");
workers.forEach((worker) => worker.terminate());`,
  },
};

/** What one more takes, from the steps between points; undefined with fewer than two of them. */
function slopeOf(points: readonly { readonly alive: number; readonly bytes: number }[]) {
  const slopes = points.slice(1).map(({ alive, bytes }, i) => (bytes - points[i].bytes) / (alive - points[i].alive));
  const positive = slopes.filter((slope) => slope > 0); // a log has no place for memory that was given back
  if (positive.length === 0) return undefined;
  const { ratio, interval } = estimateRatio(positive.map(Math.log));
  return { bytes: ratio, interval: endsOf(interval) };
}

/** Judges what one more thread takes. */
export function judgeStack(found: MemoryFound): Finding {
  const { tasks, threads: { points, keptBytes, reached } } = found;
  const resident = slopeOf(points.map(({ alive, rssBytes }) => ({ alive, bytes: rssBytes })));
  const virtual = slopeOf(
    points.flatMap(({ alive, virtualBytes }) => virtualBytes === null ? [] : [{ alive, bytes: virtualBytes }]),
  );
  const { bytesEach } = tasks;
  const ratioOf = (bytes: number) => bytesEach === null ? null : bytes / bytesEach;
  const interval: Ends | null = resident?.interval ?? null;
  return {
    test: testOf(found.threads, interval),
    effect: resident === undefined ? null : ratioOf(resident.bytes),
    interval: interval === null || bytesEach === null ? null : [interval[0] / bytesEach, interval[1] / bytesEach],
    evidence: {
      tasks: bytesEach === null ? null : quantity(bytesEach, "bytes"),
      threads: resident === undefined ? null : quantity(resident.bytes, "bytes", interval),
      says: resident === undefined
        ? "Too few threads could be started."
        : "One more thread takes {resident} of memory" +
          (virtual === undefined ? "" : " and {virtual} of address space") +
          (keptBytes === null ? "." : "; when all {reached} had ended, {kept} were not given back."),
      quantities: {
        ...resident !== undefined && { resident: quantity(resident.bytes, "bytes", resident.interval) },
        ...virtual !== undefined && { virtual: quantity(virtual.bytes, "bytes", virtual.interval) },
        ...keptBytes !== null &&
          {
            kept: quantity(Math.max(0, keptBytes), "bytes"),
            reached: countOf(reached),
          },
      },
      samples: { aliveCount: points.map(({ alive }) => alive), rssBytes: points.map(({ rssBytes }) => rssBytes) },
    },
  };
}

function testOf(threads: MemoryFound["threads"], interval: Ends | null): Test {
  const steps = threads.points.length - 1;
  const reason = tooFewThreads(threads) ??
    (interval === null ? { kind: "too-few-rounds", rounds: steps, needed: minValues(0.05) } as const : undefined);
  if (reason !== undefined) return { kind: "open", reason };
  return { kind: "interval", interval, at: rustStackBytes, unit: "bytes", holds: "above" };
}
