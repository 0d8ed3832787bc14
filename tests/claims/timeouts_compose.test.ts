import { assert, assertEquals } from "@std/assert";
import {
  type Constructions,
  constructions,
  type InTime,
  measureTimeouts,
  type TimeoutsFound,
} from "../../lib/claims/timeouts.ts";
import { judgeTimeouts } from "../../lib/claims/timeouts_compose.ts";
import { systemClock } from "../../lib/clock.ts";
import type { Timed } from "../../lib/streams/timeout.ts";
import { virtualClock } from "../virtual_clock.ts";
import { quickLab } from "./lab.ts";

/** Of so many results so many are in time. */
const inTime = (count: number, of: number): InTime => Array.from({ length: of }, (_, i) => i < count ? 1 : 0);

const holding: TimeoutsFound = {
  gaps: 20,
  stream: inTime(10, 20),
  askedTask: inTime(10, 20),
  askedThread: inTime(0, 20),
};

function verdictOf(found: TimeoutsFound): string {
  const { test } = judgeTimeouts(found);
  assert(test.kind === "counted" || test.kind === "open");
  return test.kind === "open" ? test.reason.kind : test.holds ? "holds" : "fails";
}

Deno.test("timeouts-compose: at the borders of the judge", () => {
  const cases: readonly (readonly [Partial<TimeoutsFound>, string])[] = [
    [{}, "holds"],
    [{ askedThread: inTime(5, 20) }, "holds"],
    [{ askedThread: inTime(6, 20) }, "fails"],
    [{ stream: inTime(10, 19) }, "fails"],
    [{ askedTask: inTime(8, 20) }, "holds"],
    [{ askedTask: inTime(7, 20) }, "control-failed"],
    [{ stream: inTime(7, 20) }, "control-failed"],
    [{ askedTask: inTime(0, 20), stream: [] }, "fails"],
  ];
  for (const [rest, expected] of cases) assertEquals([rest, verdictOf({ ...holding, ...rest })], [rest, expected]);
});

Deno.test("timeouts-compose: really measured, a stream loses nothing, and each result is counted once", async () => {
  const { gaps, stream, askedTask, askedThread } = await measureTimeouts(quickLab({ budgetMs: 300 }));
  assertEquals([gaps, stream.length, askedTask.length, askedThread.length], [6, 6, 6, 6]);
});

/** On virtual time; a thread that answers each request by itself is as if it were a task. */
async function withMutants(mutants: Partial<Constructions>): Promise<TimeoutsFound> {
  const clock = virtualClock();
  const blocked = queued((ms) => clock.wait(ms).done);
  const all = { ...constructions, openThread: () => Promise.resolve(answerer(blocked)), ...mutants };
  const found = await measureTimeouts(quickLab({ clock, budgetMs: 1_000 }), all);
  assertEquals(clock.open(), 0);
  return found;

  function queued(wait: (ms: number) => Promise<void>) {
    let last = Promise.resolve();
    return (ms: number) => last = last.then(() => wait(ms));
  }
}

const answerer = (ask: (ms: number) => Promise<unknown>) => ({ ask, [Symbol.dispose]() {} });

Deno.test("timeouts-compose: on an ideal machine half is in time, and a thread that is blocked answers none in time", async () => {
  const half = Array.from({ length: 26 }, (_, i) => i % 2 === 0 ? 0 as const : 1 as const);
  assertEquals(await withMutants({}), {
    gaps: 26,
    stream: half,
    askedTask: half,
    askedThread: inTime(0, 26),
  });
});

Deno.test("timeouts-compose: a timeout that loses the late item turns the verdict", async () => {
  const found = await withMutants({ timeout: losing });
  assertEquals(verdictOf(found), "fails");
  assert(found.stream.length <= 13, `${found.stream.length}`);
});

Deno.test("timeouts-compose: a thread that does not block turns the verdict", async () => {
  const clock = systemClock;
  const openThread = () => Promise.resolve(answerer(() => Promise.resolve(clock.now())));
  assertEquals(verdictOf(await withMutants({ openThread })), "fails");
});

/** A timeout that asks again after it has reported a gap, and forgets what it had asked for. */
const losing: Constructions["timeout"] = (source, ms, clock) => {
  const items = source[Symbol.asyncIterator]();
  return {
    async next() {
      const asked = items.next();
      const gap = clock.wait(ms);
      const elapsed: Timed<never> = { kind: "elapsed" };
      const result = await Promise.race([asked, gap.done]);
      gap.cancel();
      if (result === undefined) return { done: false, value: elapsed };
      return result.done ? result : { done: false, value: { kind: "item", value: result.value } };
    },
    async return() {
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
