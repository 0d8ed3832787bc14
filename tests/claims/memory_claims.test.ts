import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Ladders, measureMemory } from "../../lib/claims/measure_memory.ts";
import type { MemoryFound } from "../../lib/claims/measure_memory.ts";
import { judgeMillion, millionsOfTasks } from "../../lib/claims/millions_of_tasks.ts";
import { threadStack } from "../../lib/claims/thread_stack.ts";
import { judgeThreads, threadsRunOut } from "../../lib/claims/threads_run_out.ts";
import type { LimitName } from "../../lib/model/scale.ts";
import { evidenceText } from "../../lib/report/quantity_text.ts";
import type { ThreadClimb } from "../../lib/scale/climb_threads.ts";
import type { TaskRung } from "../../lib/scale/park_tasks.ts";
import { quickLab } from "./lab.ts";
import { verdictOn } from "./verdict_on.ts";

const mebi = 2 ** 20;
const memory = { name: "memory", value: 16 * 2 ** 30, used: 0 } as const;

/** A machine whose tasks take so many bytes, and threads so many MiB and memory mappings, and which has these limits. */
function ladders(
  { taskBytes = 500, threadMiB = 8, maps = 30, limits = [memory] as ThreadClimb["limits"] } = {},
): Ladders {
  return {
    park({ kind, alive, maxBytes }): Promise<TaskRung> {
      const totalBytes = alive * taskBytes;
      const fits = maxBytes === null || totalBytes <= maxBytes;
      const rung = {
        kind,
        alive,
        reached: fits ? alive : Math.floor((maxBytes ?? 0) / taskBytes),
        totalBytes: fits ? totalBytes : null,
        eachBytes: fits ? taskBytes : null,
        startMs: fits ? 1 : null,
        endMs: null,
        virtualBytes: null,
        stoppedBy: fits ? null : "max-memory" as const,
        limit: fits ? null : maxBytes,
        said: "",
      };
      return Promise.resolve({ rung, limits });
    },
    climb({ maxBytes }): Promise<ThreadClimb> {
      const reached = Math.floor((maxBytes ?? 0) / (threadMiB * mebi));
      const marks = [1, 2, 5, 10, 20, 50, 100, 200, 500].filter((mark) => mark < reached);
      const points = [...marks, reached].map((alive) => ({
        alive,
        use: {
          rssBytes: alive * threadMiB * mebi,
          virtualBytes: 100 * alive * mebi,
          threads: alive,
          maps: alive * maps,
          files: 0,
        },
        startMs: alive,
      }));
      return Promise.resolve({
        points,
        reached,
        startsMs: Array(reached).fill(1),
        end: { threads: reached, endMs: 5, keptBytes: 3 * mebi },
        limits,
        stoppedBy: "max-memory",
        limit: maxBytes,
        said: "",
      });
    },
  };
}

const lab = (rest = {}) => quickLab({ effort: "default", maxMemoryBytes: 2 ** 30, ...rest });
const verdicts = (found: MemoryFound) =>
  [millionsOfTasks, threadStack, threadsRunOut].map((claim) => verdictOn(claim, found));

Deno.test("memory claims: with light tasks and heavy threads all hold, and the evidence has their numbers", async () => {
  const found = await measureMemory(lab(), ladders());
  assertEquals(verdicts(found), ["holds", "holds", "holds"]);
  assertEquals(
    evidenceText(judgeMillion(found).evidence),
    "Of 1,000,000 tasks 1,000,000 wait at the same time; they take 477 MiB, 500 B each.",
  );
  assertEquals(
    evidenceText(judgeThreads(found).evidence),
    "128 threads take 1.00 GiB, 8.00 MiB each; then the memory cap stopped them. The nearest limit, memory, is met at 2,048.",
  );
  const { effect, interval, evidence } = threadStack.judge(found, { cores: { all: 2, usable: 2 } });
  assertEquals([Math.round(effect ?? 0), interval?.map(Math.round)], [16_777, [16_777, 16_777]]);
  assertStringIncludes(
    evidenceText(evidence),
    "takes 8.00 MiB of memory and 100 MiB of address space; when all 128 had ended, 3.00 MiB",
  );
});

Deno.test("memory claims: tasks that the kernel kills do not fit", async () => {
  const { park, climb } = ladders();
  const killed: Ladders["park"] = async (wanted, options) => {
    const measured = await park(wanted, options);
    const end = { reached: 5e5, totalBytes: null, eachBytes: null, stoppedBy: "killed" } as const;
    return wanted.alive < 1e6 ? measured : { ...measured, rung: { ...measured.rung, ...end } };
  };
  const found = await measureMemory(lab(), { park: killed, climb });
  assertEquals(verdicts(found), ["fails", "holds", "holds"]);
  assertStringIncludes(evidenceText(judgeMillion(found).evidence), "Of 1,000,000 tasks 500,000 wait at the same time");
});

Deno.test("memory claims: threads as light as tasks have no large stack, and memory is enough for a million", async () => {
  const found = await measureMemory(lab(), ladders({ threadMiB: 1 / 1024, maps: 1 }));
  assertEquals(verdicts(found), ["holds", "fails", "fails"]);
});

Deno.test("memory claims: another limit than memory comes first", async () => {
  for (const [name, holds] of [["map-count", false], ["address-space", true], ["user-processes", false]] as const) {
    const limit = { name: name satisfies LimitName, value: name === "address-space" ? 10_000 * mebi : 1_000, used: 0 };
    const found = await measureMemory(lab(), ladders({ limits: [memory, limit] }));
    assertEquals(verdictOn(threadsRunOut, found), holds ? "holds" : "fails", name);
    assertStringIncludes(
      evidenceText(judgeThreads(found).evidence),
      `The nearest limit, ${name.replace("-", " ")}, is met`,
    );
  }
});

Deno.test("memory claims: a limit that was really met counts, whatever was forecast", async () => {
  const maps = { name: "map-count", value: 10_000, used: 0 } as const; // for 333 threads, of 2,048 for which there is memory
  const { park, climb } = ladders({ limits: [memory, maps] });
  const met = (stoppedBy: LimitName) =>
    measureMemory(lab(), { park, climb: async (...wanted) => ({ ...await climb(...wanted), stoppedBy }) });
  assertEquals(verdictOn(threadsRunOut, await met("memory")), "holds");
  assertEquals(verdictOn(threadsRunOut, await met("map-count")), "fails");
});

Deno.test("memory claims: too little memory may be used, too little time: nothing is said of the machine", async () => {
  const small = await measureMemory(lab({ maxMemoryBytes: 100 * mebi }), ladders());
  assertEquals(judgeMillion(small).test, {
    kind: "open",
    reason: { kind: "too-little-memory", neededBytes: 5e8, maxBytes: 100 * mebi },
  });
  const few = await measureMemory(lab({ maxMemoryBytes: 20 * mebi }), ladders());
  const reason = { kind: "too-little-memory", neededBytes: 80 * mebi, maxBytes: 20 * mebi };
  for (const claim of [threadStack, threadsRunOut]) {
    assertEquals(claim.judge(few, { cores: { all: 2, usable: 2 } }).test, { kind: "open", reason } as never);
  }
  const none = {
    ...small,
    tasks: { ...small.tasks, rungs: [] },
    threads: { ...small.threads, reached: 0, stoppedBy: "max-time" as const, points: [], forecast: [] },
  };
  assertEquals(verdicts(none), ["skipped", "skipped", "skipped"]);
  const quick = await measureMemory(lab({ effort: "quick" }), ladders());
  assertEquals(verdictOn(millionsOfTasks, quick), "skipped");
});

Deno.test("memory claims: real tasks and threads, as --quick measures them", async () => {
  const found = await measureMemory(quickLab({ budgetMs: 1_000, maxMemoryBytes: 64 * mebi }));
  const { tasks, threads } = found;
  assertEquals(tasks.rungs.map(({ alive, reached, stoppedBy }) => [alive, reached, stoppedBy]), [
    [1e4, 1e4, null],
    [1e5, 1e5, null],
  ]);
  assert(tasks.bytesEach !== null && tasks.bytesEach > 50 && tasks.bytesEach < 5_000, `${tasks.bytesEach}`);
  assert(threads.reached >= 1 && threads.points.length >= 1, `${threads.reached}`);
  assert(threads.points.every(({ rssBytes }) => rssBytes > 0));
});
