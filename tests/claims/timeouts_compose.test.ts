import { assert, assertEquals } from "@std/assert";
import { type Constructions, constructions, measureTimeouts, type TimeoutsFound } from "../../lib/claims/timeouts.ts";
import { judgeTimeouts } from "../../lib/claims/timeouts_compose.ts";
import { systemClock } from "../../lib/clock.ts";
import type { Timed } from "../../lib/streams/timeout.ts";
import { virtualClock } from "../virtual_clock.ts";
import { quickLab } from "./lab.ts";

const holding: TimeoutsFound = {
  gaps: 20,
  stream: { inTime: 10, late: 10, lost: 0 },
  askedTask: 10,
  askedThread: 0,
};

function verdictOf(found: TimeoutsFound): string {
  const { test } = judgeTimeouts(found);
  assert(test.kind === "counted" || test.kind === "open");
  return test.kind === "open" ? test.reason.kind : test.holds ? "holds" : "fails";
}

Deno.test("timeouts-compose: at the borders of the judge", () => {
  const cases: readonly (readonly [Partial<TimeoutsFound>, string])[] = [
    [{}, "holds"],
    [{ askedThread: 5 }, "holds"],
    [{ askedThread: 6 }, "fails"],
    [{ stream: { inTime: 10, late: 9, lost: 1 } }, "fails"],
    [{ askedTask: 8 }, "holds"],
    [{ askedTask: 7 }, "control-failed"],
    [{ stream: { inTime: 7, late: 13, lost: 0 } }, "control-failed"],
    [{ askedTask: 0, stream: { inTime: 0, late: 0, lost: 20 } }, "fails"],
  ];
  for (const [rest, expected] of cases) assertEquals([rest, verdictOf({ ...holding, ...rest })], [rest, expected]);
});

Deno.test("timeouts-compose: really measured, a stream loses nothing, and each result is counted once", async () => {
  const { gaps, stream, askedTask, askedThread } = await measureTimeouts(quickLab({ budgetMs: 300 }));
  assertEquals([gaps, stream.lost, stream.inTime + stream.late], [6, 0, 6]);
  assert(askedTask >= 0 && askedTask <= gaps && askedThread >= 0 && askedThread <= gaps);
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
  assertEquals(await withMutants({}), {
    gaps: 26,
    stream: { inTime: 13, late: 13, lost: 0 },
    askedTask: 13,
    askedThread: 0,
  });
});

Deno.test("timeouts-compose: a timeout that loses the late item turns the verdict", async () => {
  const found = await withMutants({ timeout: losing });
  assertEquals(verdictOf(found), "fails");
  assert(found.stream.lost >= 13, `${found.stream.lost}`);
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
