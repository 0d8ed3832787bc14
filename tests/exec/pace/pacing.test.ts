import { assertEquals } from "@std/assert";
import type { Gate, HoldsBack } from "../../../lib/exec/pace/gate.ts";
import type { ReadKey } from "../../../lib/exec/pace/item_key.ts";
import { Pacing } from "../../../lib/exec/pace/pacing.ts";
import { initialState } from "../../../lib/exec/schedule/scheduler.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";

const limits = {
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
};

/** A gate that opens for each item at its time, and notes what it was told. */
function timedGate(opens: readonly number[], why?: HoldsBack) {
  const told: string[] = [];
  let times = opens;
  const held = new Set<number>();
  const first = (only?: number) => only === undefined ? [...held].toSorted((a, b) => times[a] - times[b])[0] : only;
  const gate: Gate = {
    add({ first, end }, keyOf) {
      for (let item = first; item < end; item++) {
        held.add(item);
        told.push(`add ${item} ${keyOf(item)}`);
      }
    },
    take(now, only) {
      const item = first(only);
      if (item === undefined || times[item] > now) return undefined;
      held.delete(item);
      return item;
    },
    ended: ({ first, end }) => void told.push(`ended ${first}..${end}`),
    nextMs(now, only) {
      const item = first(only);
      return item === undefined || times[item] === Infinity ? undefined : Math.max(0, times[item] - now);
    },
    why: () => why,
  };
  return { gate, told, change: (later: readonly number[]) => times = later };
}

/** A pacing of the items 0, 1, ..., each of which may start at its time while `places` are free. */
function paced({ gate, told }: ReturnType<typeof timedGate>, count: number, readKey?: ReadKey) {
  const state = initialState(limits);
  const clock = new Agenda();
  const world = { places: Infinity, blocked: false, started: [] as number[], keyless: [] as number[], dues: 0 };
  const pacing = new Pacing(gate, {
    state,
    pool: {
      clock,
      blocks: { bytesOf: (item) => item === 9 ? undefined : Uint8Array.of(item), lineOf: (item) => 10 * item },
      push: () => world.dues++,
    },
    hasPlace: () => world.places > 0,
    isBlocked: () => world.blocked,
    release(item) {
      state.heldBack.remove(item, item + 1);
      world.started.push(item);
      world.places--;
    },
    onKeyless: (line) => void world.keyless.push(line),
  }, readKey);
  state.heldBack.add(0, count);
  pacing.hold({ first: 0, end: count });
  return { pacing, state, clock, world, told };
}

Deno.test("pacing: all that may start now is released, and a wait says when the next one may", async () => {
  const { pacing, clock, world } = paced(timedGate([0, 0, 5.5]), 3);
  pacing.release();
  assertEquals([world.started, world.dues], [[0, 1], 0]);
  await clock.next();
  assertEquals([clock.now(), world.dues], [6, 1]); // a timer knows whole milliseconds, and must not be early
  pacing.release();
  assertEquals([world.started, clock.isEmpty], [[0, 1, 2], true]);
});

Deno.test("pacing: while a wait goes on, no second one that ends later; an earlier one takes its place", async () => {
  const gate = timedGate([20, 20]);
  const { pacing, clock, world } = paced(gate, 2);
  pacing.release();
  pacing.release();
  gate.change([8, 30]);
  pacing.release();
  await clock.next();
  assertEquals([clock.now(), world.dues, clock.isEmpty], [8, 1, true]);
  pacing.release(); // the wait is over, and so another may begin
  await clock.next();
  assertEquals([clock.now(), world.started, world.dues], [30, [0], 2]);
});

Deno.test("pacing: where time alone lets nothing start, it does not wait", () => {
  const { pacing, clock, world } = paced(timedGate([Infinity]), 1);
  pacing.release();
  assertEquals([world.started, clock.isEmpty], [[], true]);
});

Deno.test("pacing: without a place nothing starts and nothing is waited for, also if it may start now", () => {
  const { pacing, clock, world } = paced(timedGate([0, 0]), 2);
  world.places = 1;
  pacing.release();
  assertEquals([world.started, clock.isEmpty], [[0], true]);
});

Deno.test("pacing: the item that those in their places wait for needs no place, once it may start", async () => {
  const { pacing, clock, world } = paced(timedGate([3, 0]), 2);
  world.places = 0;
  pacing.release();
  assertEquals([world.started, clock.isEmpty], [[], true], "they may end by themselves");
  world.blocked = true;
  pacing.release();
  assertEquals([world.started, clock.isEmpty], [[], false]);
  await clock.next();
  pacing.release();
  assertEquals([clock.now(), world.started], [3, [0]]);
});

Deno.test("pacing: an item that has started already is not the one to start without a place", () => {
  const { pacing, world, state } = paced(timedGate([0, 0]), 2);
  state.heldBack.remove(0, 1); // it runs
  world.places = 0;
  world.blocked = true;
  pacing.release();
  assertEquals(world.started, []);
});

Deno.test("pacing: what ended is passed on, and after the end nothing is due", async () => {
  const { pacing, clock, world, told } = paced(timedGate([5, 5]), 2);
  pacing.ended({ first: 0, end: 2 });
  assertEquals(told, ["add 0 undefined", "add 1 undefined", "ended 0..2"]);
  pacing.release();
  pacing.stop();
  pacing.stop();
  assertEquals([await clock.next(), world.dues], [false, 0]);
});

Deno.test("pacing: with a place free it says what holds items back, without one nothing does", () => {
  const { pacing, world } = paced(timedGate([5], "key"), 1);
  assertEquals(pacing.why, "key");
  world.places = 0;
  assertEquals(pacing.why, undefined);
});

Deno.test("pacing: it wants a place for an item that could start now, while outcomes have room", () => {
  const { pacing, world, state } = paced(timedGate([0]), 1);
  assertEquals(pacing.wantsPlace, false, "one is free");
  world.places = 0;
  assertEquals(pacing.wantsPlace, true);
  state.bytesOut = 1_000;
  assertEquals(pacing.wantsPlace, false, "the reader is slow");
  const later = paced(timedGate([1]), 1);
  later.world.places = 0;
  assertEquals(later.pacing.wantsPlace, false);
});

Deno.test("pacing: the key of an item is read from its bytes, and the first that has none is told once", () => {
  const readKey: ReadKey = ([byte]) => byte % 3 === 1 ? undefined : `k${byte}`;
  const { told, world } = paced(timedGate([0, 0, 0, 0, 0]), 5, readKey);
  assertEquals(told, ["add 0 k0", "add 1 undefined", "add 2 k2", "add 3 k3", "add 4 undefined"]);
  assertEquals(world.keyless, [10]);
});

Deno.test("pacing: an item too long to be kept has no key", () => {
  const { told, world } = paced(timedGate(Array(10).fill(0)), 10, ([byte]) => `k${byte}`);
  assertEquals([told.at(-1), world.keyless], ["add 9 undefined", [90]]);
});

Deno.test("pacing: without keys nobody is told that an item has none", () => {
  assertEquals(paced(timedGate([0]), 1).world.keyless, []);
});
