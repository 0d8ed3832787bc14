import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type ChangesInput, changesOf } from "../../lib/bench/advice_changes.ts";
import type { ComparedMode } from "../../lib/model/comparison.ts";
import { compared } from "./suite_runs.ts";

/** An item that only computes. */
const phases = {
  startMs: 30,
  sendMs: 1,
  queueMs: 1,
  computingMs: 10,
  blockingMs: 0,
  waitingMs: 0,
  receiveMs: 1,
  transferMs: 0,
};
const serial = compared({ mode: "serial", threads: 1, tasks: 1 }, 1); // 10 ms an item
const twice = compared({ mode: "both", threads: 2, tasks: 4 }, 2); // 5 ms, and it starts 30 ms later

const changes = (rest: Partial<ChangesInput>) => changesOf({ chosen: twice, serial, phases, ...rest });
/** In one thread, so that no longer start is told. */
const of = (rest: Partial<ChangesInput["phases"]>) =>
  changes({ chosen: { ...twice, threads: 1 }, phases: { ...phases, ...rest } });
const chosen = (rest: Partial<ComparedMode>) => changes({ chosen: { ...twice, ...rest } });

Deno.test("changesOf: threads pay from the number of items on whose saved time makes up for the longer start", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 5_000 }),
    fc.integer({ min: 101, max: 10_000 }),
    (longerMs, itemsPerSecond) => {
      const [change] = chosen({ startMs: serial.startMs + longerMs, itemsPerSecond });
      assert(change?.kind === "start-up");
      const savedMs = 1000 / serial.itemsPerSecond - 1000 / itemsPerSecond;
      assert(change.items * savedMs >= longerMs * (1 - 1e-9), `${change.items}`);
      assert((change.items - 1) * savedMs < longerMs * (1 + 1e-9), `${change.items}`);
      assertEquals(change.longerMs, longerMs);
    },
  ));
});

Deno.test("changesOf: no number of items matters to one thread, where nothing is saved, or where the start takes no longer", () => {
  assertEquals(chosen({}).map(({ kind }) => kind), ["start-up"]);
  assertEquals(chosen({ threads: 1 }), []);
  for (const itemsPerSecond of [50, 100]) assertEquals(chosen({ itemsPerSecond }), []);
  for (const startMs of [0, serial.startMs]) assertEquals(chosen({ startMs }), []);
});

Deno.test("changesOf: sending is told where it takes a fifth of the time that an item works, or more", () => {
  assertEquals(of({ transferMs: 1.9 }), []);
  assertEquals(of({ transferMs: 2 }), [{ kind: "sending", share: 1 / 6 }]);
  const spread = { computingMs: 4, blockingMs: 3, waitingMs: 3 }; // all three are work
  assertEquals(of({ ...spread, transferMs: 1.9 }), []);
  assertEquals(of({ ...spread, transferMs: 2.5 }), [{ kind: "sending", share: 0.2 }]);
});

Deno.test("changesOf: of work as short as our own cost, that cost is told; of none, or where it is unknown, nothing", () => {
  assertEquals(of({ computingMs: 1e-3, transferMs: 1e-3 }), [{ kind: "own-cost", share: 0.5 }]);
  assertEquals(of({ computingMs: 2e-3, transferMs: 2e-3 }), [{ kind: "sending", share: 0.5 }]); // longer than it
  assertEquals(of({ computingMs: 0, transferMs: 1 }), []);
  assertEquals(of({ computingMs: null, blockingMs: null, waitingMs: null, transferMs: 9 }), []);
  for (const part of ["computingMs", "blockingMs", "waitingMs"] as const) {
    assertEquals(of({ computingMs: 1, blockingMs: 1, waitingMs: 1, transferMs: 9, [part]: null }), []);
  }
});

Deno.test("changesOf: late timers are told where several tasks share a thread and one was 50 ms late", () => {
  const late = (tasks: number, lagP99Ms: number | null) => chosen({ threads: 1, tasks, lagP99Ms });
  assertEquals(late(4, 50), [{ kind: "lag", lagP99Ms: 50 }]);
  assertEquals(late(4, 49), []);
  assertEquals(late(4, null), []);
  assertEquals(late(1, 80), []);
});
