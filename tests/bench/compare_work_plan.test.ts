import { assert, assertEquals, assertRejects } from "@std/assert";
import { type CompareCaller, type CompareWanted, compareWork } from "../../lib/bench/compare_work.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import type { JobComparison } from "../../lib/model/comparison.ts";
import type { RoundSchedule } from "../../lib/model/round_schedule.ts";
import { type FakeJob, fakeMachine } from "./fake_machine.ts";

const items = Array.from({ length: 400 }, (_, i) => new TextEncoder().encode(String(i)));

/** What goes on around a comparison on a machine of its own. */
interface Around {
  readonly job?: FakeJob;
  readonly usable?: number;
  readonly onRun?: CompareCaller["onRun"];
  readonly stop?: AbortController;
  /** Wraps the machine's host. */
  readonly through?: (host: Host) => Host;
}

function compare(
  wanted: CompareWanted,
  { job = { computingMs: 10 }, usable = 2, ...around }: Around = {},
): Promise<JobComparison> {
  const { onRun, stop = new AbortController(), through = (host) => host } = around;
  const { clock, host, meter } = fakeMachine(job, { noise: 0 });
  const module = { kind: "module", url: "file:///job.js" } as const;
  const work = { job: module, name: "job.js", input: "json", host: through(host), clock, meter } as const;
  const cores = { all: usable, usable };
  return compareWork(work, items, wanted, { clock, signal: stop.signal, cores, startMs: clock.now(), onRun });
}

/** What is planned, without running it. */
async function plan(wanted: CompareWanted, around: Around = {}): Promise<RoundSchedule> {
  const stop = new AbortController();
  let planned: RoundSchedule | undefined;
  const onRun = (_: number, schedule: RoundSchedule) => {
    planned = schedule;
    stop.abort(new Error("planned"));
  };
  await assertRejects(() => compare(wanted, { ...around, stop, onRun }), Error, "planned");
  return planned!;
}

Deno.test("compareWork: what is not given has the defaults that are documented", async () => {
  const defaults = {
    tasks: undefined,
    rounds: 12,
    warmupRounds: 0,
    maxMs: 30_000,
    once: false,
    grid: false,
    stopEarly: false,
    outputs: "equal",
    seed: 42,
  } as const;
  const noisy = { job: { computingMs: (item: unknown) => 5 + Number(item) % 7 } }; // so that other items take other times
  assertEquals(await compare({}, noisy), await compare({ ...defaults, threads: 2 }, noisy));
});

Deno.test("compareWork: by default a thread for each core that is usable, and two at least", async () => {
  const brief = { rounds: 1, maxMs: 2_000, outputs: "ignore" } as const;
  for (const [usable, threads] of [[1, 2], [2, 2], [3, 3]]) {
    assertEquals((await compare(brief, { usable })).modes.map((mode) => mode.threads), [1, 1, threads, threads]);
  }
});

Deno.test("compareWork: the calibration takes a twentieth of the time, and a second at most", async () => {
  const calibrated = async (maxMs: number) => (await plan({ maxMs })).calibrated;
  assertEquals(await calibrated(4_000), 1 + 2 + 4 + 8); // 150 of 200 ms; 16 more items take 160
  assertEquals(await calibrated(3_000), 1 + 2 + 4 + 8); // just 150
  assertEquals(await calibrated(2_900), 1 + 2 + 4);
  assertEquals(await calibrated(60_000), 1 + 2 + 4 + 8 + 16 + 32); // 64 more would take longer than a second
});

Deno.test("compareWork: our own cost is measured with 2 items for each millisecond, and 20,000 at most", async () => {
  const idleItems = async (maxMs: number) => {
    let count = 0;
    const through = (host: Host): Host => (generation, onMessage) => {
      const slot = host(generation, onMessage);
      let isIdle = false;
      return {
        ...slot,
        post(message) {
          if (message.kind === "load") isIdle = message.job.kind === "builtin";
          slot.post(message);
        },
        send(part, sentAt) {
          if (isIdle) count += part.range.end - part.range.first;
          slot.send(part, sentAt);
        },
      };
    };
    await plan({ maxMs }, { through });
    return count / 12; // two pools with 6 runs each
  };
  assertEquals(await idleItems(3_000), 6_000);
  assertEquals(await idleItems(40_000), 20_000);
});

Deno.test("compareWork: stopped as the measurement of our own cost ends, it rejects and announces no run", async () => {
  const stop = new AbortController();
  let ended = 0;
  const through = (host: Host): Host => (generation, onMessage) => {
    const slot = host(generation, onMessage);
    return {
      ...slot,
      terminate(...how) {
        if (++ended === 1 + 1 + 2) stop.abort(new Error("enough")); // of the calibration, and in one thread and in two
        return slot.terminate(...how);
      },
    };
  };
  const onRun = () => assert(false, "announced");
  await assertRejects(() => compare({ maxMs: 3_000 }, { stop, through, onRun }), Error, "enough");
  assertEquals(ended, 4);
});

Deno.test("compareWork: late errors are told with their number and the first message", async () => {
  let results = 0;
  const through = (host: Host): Host => (generation, onMessage) =>
    host(generation, (message) => {
      if (message.kind === "results" && message.full !== undefined && ++results <= 3) {
        onMessage({ kind: "uncaught", message: `late ${results}` });
      }
      onMessage(message);
    });
  const { notices } = await compare({ rounds: 1, maxMs: 3_000 }, { through });
  assertEquals(notices.filter(({ kind }) => kind === "late-errors"), [{
    kind: "late-errors",
    errors: 3,
    message: "late 1",
  }]);
});

Deno.test("compareWork: calibrated are the first items where none may run twice, and otherwise a random part", async () => {
  const calibrated = async (once: boolean) => {
    const seen: unknown[] = [];
    const { calibrated } = await plan({ once, maxMs: 10_000 }, {
      job: { computingMs: (item) => (seen.push(item), 5) },
    });
    return seen.slice(0, calibrated);
  };
  assertEquals(await calibrated(true), Array.from({ length: 20 }, (_, i) => i)); // a twentieth of 400
  const drawn = (await calibrated(false)).map(Number);
  assertEquals(new Set(drawn).size, drawn.length);
  assertEquals(drawn.some((item) => item >= drawn.length), true);
});
