import type { Forecast, LimitName, StopName } from "../model/scale.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import { tooFewThreads } from "./few_threads.ts";
import type { MemoryFound } from "./measure_memory.ts";
import { memoryLadder, million } from "./memory_ladder.ts";
import { countOf, quantity } from "./quantities.ts";

/** Limits of memory, of whatever kind; others are of threads, of memory mappings and of files. */
const memoryLimits: readonly LimitName[] = ["memory", "cgroup-memory", "heap", "address-space"];

/** Claim 4. */
export const threadsRunOut: Claim<MemoryFound> = {
  id: "threads-run-out",
  sentence: "threads run out of memory",
  source: "article and book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: memoryLadder,
  judge: judgeThreads,
  explained: {
    stands:
      'The book, of millions of tasks: "If we tried to do that with threads, we would literally run out of memory!" The article: spawning thousands of threads can exhaust memory.',
    measured: `Threads (Web Workers that wait for messages) start one after the other in a process of their own, until
the memory that they may take, the time, or a limit of the system stops them. From what each of them takes follows how many there can be until
each limit is met: memory, address space, threads, processes, memory mappings. It holds if memory is the nearest limit, and a
million threads are beyond it.`,
    reading: `A thread in Deno has a JavaScript engine of its own, so some thousands of threads are the end. Which limit
they meet first depends on the machine: with much memory, the kernel's limit of memory mappings (vm.max_map_count), of which each
thread takes some 30; with less, memory. In Rust or C a thread takes some kilobytes, so limits of the kernel come first.`,
    elsewhere: [
      {
        says:
          "Rust, measured: a laptop with 32 GiB ran 80,000 threads, after limits were raised, and could not run 250,000.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
      {
        says:
          "The limits that came first there were process ids, memory maps and the control group's pids, not memory.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
      {
        says: "Linux refuses a thread with EAGAIN at RLIMIT_NPROC, threads-max or pid_max.",
        source: "pthread_create(3), https://man7.org/linux/man-pages/man3/pthread_create.3.html",
      },
    ],
    byHand: `const url = URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }));
const before = Deno.memoryUsage().rss;
const threads: Worker[] = [];
for (let i = 0; i < 30; i++) {
  const worker = new Worker(url, { type: "module" });
  await new Promise((done) => worker.onmessage = done);
  threads.push(worker);
}
const each = (Deno.memoryUsage().rss - before) / threads.length;
console.log("a thread takes", each / 2 ** 20, "MiB");
console.log("memory is enough for some", Math.floor(Deno.systemMemoryInfo().available / each), "threads");
threads.forEach((worker) => worker.terminate());`,
  },
};

/** Judges by the limit that threads would meet first. */
export function judgeThreads({ tasks, threads }: MemoryFound): Finding {
  const [nearest] = threads.forecast;
  const ofMemory = threads.forecast.find(({ limit }) => memoryLimits.includes(limit));
  const last = threads.points.at(-1);
  const [taskLimit] = tasks.forecast;
  return {
    test: testOf(threads, nearest),
    effect: null,
    interval: null,
    evidence: {
      tasks: taskLimit === undefined ? null : countOf(taskLimit.alive),
      threads: nearest === undefined ? null : countOf(nearest.alive),
      says: last === undefined || nearest === undefined
        ? "No thread could be started."
        : `{reached} threads take {total}, {each} each${
          threads.stoppedBy === null ? "" : `; then the ${stopName(threads.stoppedBy)} stopped them`
        }. The nearest limit, ` +
          `${nearest.limit.replaceAll("-", " ")}, is met at {nearest}${
            ofMemory === nearest ? "" : ", memory at {memory}"
          }.`,
      quantities: last === undefined || nearest === undefined ? {} : {
        reached: countOf(threads.reached),
        total: quantity(last.rssBytes, "bytes"),
        each: quantity(last.rssBytes / last.alive, "bytes"),
        nearest: countOf(nearest.alive),
        ...ofMemory !== undefined && { memory: countOf(ofMemory.alive) },
      },
      samples: {
        aliveCount: threads.points.map(({ alive }) => alive),
        rssBytes: threads.points.map(({ rssBytes }) => rssBytes),
        virtualBytes: threads.points.flatMap(({ virtualBytes }) => virtualBytes ?? []),
      },
    },
  };
}

function testOf(threads: MemoryFound["threads"], nearest: Forecast | undefined): Test {
  const few = tooFewThreads(threads);
  if (few !== undefined || nearest === undefined) return { kind: "open", reason: few ?? { kind: "time-up" } };
  if (threads.stoppedBy === "killed") return { kind: "counted", holds: true }; // by the kernel, which had no memory left
  if (threads.stoppedBy === "crashed") return { kind: "open", reason: { kind: "not-run", message: threads.stoppedBy } };
  // what was really met: other programs may have used more meanwhile
  const met = threads.forecast.find(({ limit }) => limit === threads.stoppedBy) ?? nearest;
  return { kind: "counted", holds: memoryLimits.includes(met.limit) && nearest.alive < million };
}

function stopName(stop: StopName): string {
  return stop === "max-memory" ? "memory cap" : stop === "max-time" ? "time limit" : stop.replaceAll("-", " ");
}
