import { assert, assertEquals } from "@std/assert";
import { type Bounds, ClimbingTuner } from "../../../lib/exec/pool/tuner.ts";
import { type Width } from "../../../lib/exec/pool/slot_reading.ts";

/** A kind of work on a machine. Each item computes and waits for the given milliseconds. */
interface Work {
  readonly computeMs: number;
  readonly waitMs: number;
  readonly cores: number;
  /** How many items the service that they wait for handles at once. */
  readonly served?: number;
  /** Items per millisecond from the input. */
  readonly input?: number;
  /** Whether CPU time is unknown, as in Deno before 2.9. */
  readonly cpuKnown?: boolean;
}

/** Simulates work under a tuner with a queueing model, in steps of 5 ms, and returns the widths that it chose. */
function tune(work: Work, bounds: Bounds, steps = 3_000): { readonly width: Width; readonly widest: number } {
  const { computeMs, waitMs, cores, served = Infinity, input = Infinity, cpuKnown = true } = work;
  const tuner = new ClimbingTuner(bounds);
  const stepMs = 5;
  let widest = 0;
  for (let now = 0; now < steps * stepMs; now += stepMs) {
    const { threads, tasks } = tuner.width;
    widest = Math.max(widest, threads * tasks);
    const each = Math.min(tasks / (computeMs + waitMs), 1 / computeMs); // of one thread, alone
    const speed = Math.min(each * threads, Math.min(cores, threads) / computeMs, served / (computeMs + waitMs), input);
    const items = speed * stepMs;
    const busy = input === speed ? speed / (each * threads) : 1;
    for (let thread = 0; thread < threads; thread++) {
      tuner.observe({
        slot: 0,
        items: items / threads,
        ms: stepMs * busy,
        pendingMs: waitMs === 0 ? 0 : Math.max(tasks * stepMs * busy, items / threads * (computeMs + waitMs)),
        cpuMs: cpuKnown ? items / threads * computeMs : undefined,
        threads,
      }, now);
    }
  }
  assert(tuner.settled, "it never settled");
  return { width: tuner.width, widest };
}

const free: Bounds = { threads: [1, 4], tasks: [1, 256] };

Deno.test("tuner: computing gets threads, and never more tasks", () => {
  assertEquals(tune({ computeMs: 1, waitMs: 0, cores: 4 }, free), { width: { threads: 4, tasks: 1 }, widest: 4 });
  assertEquals(tune({ computeMs: 0.001, waitMs: 0, cores: 4, cpuKnown: false }, free).width, { threads: 4, tasks: 1 });
});

Deno.test("tuner: waiting gets tasks, in one thread", () => {
  assertEquals(tune({ computeMs: 0.001, waitMs: 50, cores: 4 }, free).width, { threads: 1, tasks: 256 });
});

Deno.test("tuner: a mix gets both, and no more tasks than needed to keep the threads busy", () => {
  const { threads, tasks } = tune({ computeMs: 1, waitMs: 9, cores: 4 }, free).width;
  assertEquals(threads, 4);
  assert(tasks >= 9 && tasks <= 40, `${tasks} tasks`);
});

Deno.test("tuner: tasks that do not pay off are removed", () => {
  const { tasks } = tune({ computeMs: 0.001, waitMs: 50, cores: 4, served: 8 }, free).width;
  assert(tasks >= 8 && tasks <= 64, `${tasks} tasks`);
  assert(tune({ computeMs: 0.01, waitMs: 50, cores: 4, served: 8, cpuKnown: false }, free).width.tasks <= 64);
});

Deno.test("tuner: stops adding threads when no cores are free", () => {
  assert(tune({ computeMs: 1, waitMs: 0, cores: 1 }, { threads: [1, 64], tasks: [1, 1] }).width.threads <= 2);
});

Deno.test("tuner: does not widen for a slow input", () => {
  assertEquals(tune({ computeMs: 1, waitMs: 0, cores: 4, input: 0.3 }, free).width, { threads: 1, tasks: 1 });
});

Deno.test("tuner: stays within its bounds", () => {
  const bounds: Bounds = { threads: [2, 2], tasks: [1, 16] };
  assertEquals(tune({ computeMs: 0.001, waitMs: 50, cores: 4 }, bounds).width, { threads: 2, tasks: 16 });
});
