import { assertEquals } from "@std/assert";
import { paceOf, type PaceOptions } from "../../../lib/exec/pace/pace.ts";
import type { PacedRun } from "../../../lib/exec/pace/pacing.ts";
import { initialState } from "../../../lib/exec/schedule/scheduler.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";

/** What starts at once of three items at this pace, of which the first two have the same key; and what holds the others back. */
function startsOf(options: PaceOptions) {
  const started: number[] = [];
  const state = initialState({
    ordered: true,
    tasks: 1,
    batchMs: 4,
    windowItems: 100,
    windowBytes: 1_000,
    retries: 0,
    retryBudget: { first: 0, share: 0, most: 0 },
    restarts: 0,
    keepsPlaces: true,
    steal: true,
  });
  const run: PacedRun = {
    state,
    pool: {
      clock: new Agenda(),
      blocks: { bytesOf: (item) => Uint8Array.of(item >> 1), lineOf: (item) => item + 1 },
      push() {},
    },
    hasPlace: () => true,
    isBlocked: () => false,
    release(item) {
      state.heldBack.remove(item, item + 1);
      started.push(item);
    },
    onKeyless() {},
  };
  const pace = paceOf(options);
  const pacing = pace.begin(run);
  state.heldBack.add(0, 3);
  pacing.hold({ first: 0, end: 3 });
  pacing.release();
  return { started, holdsBack: pace.holdsBack, why: pacing.why };
}

const read = ([byte]: Uint8Array) => `${byte}`;

Deno.test("pace: without keys the rate of the run holds items back, in their order", () => {
  const rates = [{ count: 1, ms: 100 }];
  assertEquals(startsOf({ rates }), { started: [0], holdsBack: "rate", why: "rate" });
  assertEquals(startsOf({ rates, burst: 2 }), { started: [0, 1], holdsBack: "rate", why: "rate" });
});

Deno.test("pace: with keys each has its own limits, and the rate of the run holds for all of them", () => {
  const key = { holdsBack: "key", why: "key" } as const;
  assertEquals(startsOf({ rates: [], keys: { read, perKey: 1 } }), { started: [0, 2], ...key });
  assertEquals(startsOf({ rates: [], keys: { read, perKeyRates: [{ count: 1, ms: 9 }] } }), {
    started: [0, 2],
    ...key,
  });
  const rates = [{ count: 1, ms: 100 }];
  assertEquals(startsOf({ rates, keys: { read, perKey: 1 } }), { started: [0], holdsBack: "key", why: "rate" });
});
