import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Gate } from "../../../lib/exec/pace/gate.ts";
import { KeyGate, type KeyOptions } from "../../../lib/exec/pace/key_gate.ts";
import { RateGate } from "../../../lib/exec/pace/rate_gate.ts";

const all = (count: number) => ({ first: 0, end: count });
const single = (item: number) => ({ first: item, end: item + 1 });
const noKey = () => undefined;

/** Everything that may start now. */
function taken(gate: Gate, now: number): number[] {
  const items: number[] = [];
  for (let item = gate.take(now); item !== undefined; item = gate.take(now)) items.push(item);
  return items;
}

/** A gate with the items 0, 1, ... of these keys. */
function keyed(options: Partial<KeyOptions>, keys: readonly string[]): KeyGate {
  const gate = new KeyGate({ rates: [], ...options });
  gate.add(all(keys.length), (item) => keys[item]);
  return gate;
}

Deno.test("gates: at its rate, the lowest item starts first, also one that comes back", () => {
  const gate: Gate = new RateGate({ rates: [{ count: 1, ms: 95 }] });
  assertEquals([gate.take(0), gate.nextMs(0), gate.why(0)], [undefined, undefined, undefined]);
  gate.add(all(5), noKey);
  assertEquals([gate.nextMs(0), gate.why(0), gate.take(0)], [0, undefined, 0]);
  assertEquals([gate.take(0), gate.nextMs(0), gate.why(0)], [undefined, 100, "rate"]);
  assertEquals([gate.take(100), gate.take(200)], [1, 2]);
  gate.add(single(1), noKey);
  assertEquals([gate.take(300), gate.take(400), gate.take(500), gate.take(600)], [1, 3, 4, undefined]);
});

Deno.test("gates: a certain item is taken, or none", () => {
  for (const gate of [new RateGate({ rates: [] }), new KeyGate({ rates: [], perKey: 1 })]) {
    gate.add({ first: 2, end: 5 }, noKey);
    assertEquals([gate.nextMs(0, 1), gate.take(0, 1), gate.nextMs(0, 4), gate.take(0, 4), gate.take(0, 4)], [
      undefined,
      undefined,
      0,
      4,
      undefined,
    ]);
  }
});

Deno.test("gates: of each key as many items as it may have, and the next when one has ended for good", () => {
  const gate = keyed({ perKey: 2 }, ["a", "a", "a", "a", "b"]);
  assertEquals([taken(gate, 0), gate.why(0), gate.nextMs(0)], [[0, 4, 1], "key", undefined]);
  gate.ended(single(0));
  assertEquals([gate.why(0), taken(gate, 0)], [undefined, [2]]);
  gate.ended(single(4));
  assertEquals(taken(gate, 0), []);
  gate.ended({ first: 1, end: 3 });
  assertEquals([taken(gate, 0), gate.why(0)], [[3], undefined]);
});

Deno.test("gates: an item that runs again keeps its place, and goes first", () => {
  const gate = keyed({ perKey: 1 }, ["a", "a", "a"]);
  assertEquals(taken(gate, 0), [0]);
  gate.add(single(0), () => "never asked again");
  assertEquals([taken(gate, 0), taken(gate, 0)], [[0], []]);
  gate.ended(single(0));
  assertEquals(taken(gate, 0), [1]);
});

Deno.test("gates: the starts of a key are spaced, those of others go on", () => {
  const gate = keyed({ perKeyRates: [{ count: 10, ms: 1_000 }, { count: 1, ms: 50 }] }, ["a", "a", "b", "b"]);
  assertEquals([taken(gate, 0), gate.why(0), gate.nextMs(0)], [[0, 2], "key", 100]);
  gate.ended(all(3)); // what has ended does not shorten it
  assertEquals([taken(gate, 99), gate.nextMs(99), gate.nextMs(99, 3), taken(gate, 100)], [[], 1, 1, [1, 3]]);
});

Deno.test("gates: the rate of the run holds for all keys together", () => {
  const gate = keyed({ rates: [{ count: 1, ms: 95 }], perKey: 1 }, ["a", "b", "c"]);
  assertEquals([taken(gate, 0), gate.why(0), gate.nextMs(0)], [[0], "rate", 100]);
  assertEquals([taken(gate, 100), taken(gate, 200)], [[1], [2]]);
});

Deno.test("gates: keys that may start take turns", () => {
  const gate = keyed({ perKey: 9 }, ["a", "a", "a", "b", "a", "b", "c"]);
  assertEquals(taken(gate, 0), [0, 3, 6, 1, 5, 2, 4]);
});

Deno.test("gates: fair: while a key may start items, no other starts two more than it does", () => {
  const keys = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(keys, fc.constantFrom(0, 7), (keys, ms) => {
    const rates = ms === 0 ? [] : [{ count: 1, ms }];
    const gate = keyed({ rates, perKey: 100 }, keys);
    const left = new Map<string, number>();
    for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
    const starts = new Map<string, number>();
    let now = 0;
    for (let i = 0; i < keys.length; i++) {
      now += gate.nextMs(now) ?? NaN;
      const key = keys[gate.take(now) ?? NaN];
      starts.set(key, (starts.get(key) ?? 0) + 1);
      left.set(key, (left.get(key) ?? 0) - 1);
      for (const [other, items] of left) {
        if (items > 0) assert((starts.get(key) ?? 0) - (starts.get(other) ?? 0) <= 1, `${key} before ${other}`);
      }
    }
  }));
});

/** What happens to a gate with keys: time passes, an item comes, ends or comes back. */
const happening = fc.record({
  ms: fc.nat(30),
  key: fc.constantFrom("a", "b", undefined),
  ends: fc.nat(5),
  again: fc.boolean(),
});

Deno.test("gates: whatever comes and ends, no key has more items or starts than it may, and all start in the end", () => {
  const limits = fc.record({ perKey: fc.constantFrom(1, 2, 5), ms: fc.constantFrom(0, 10, 25) });
  fc.assert(fc.property(limits, fc.array(happening, { maxLength: 80 }), ({ perKey, ms }, happenings) => {
    const gate = new KeyGate({ rates: [], perKey, perKeyRates: ms === 0 ? [] : [{ count: 1, ms }] });
    const keyOf: (string | undefined)[] = [];
    const running: number[] = [];
    const open = new Set<number>();
    const lastStart = new Map<string | undefined, number>();
    let [now, waiting] = [0, 0];
    const start = () => {
      for (let item = gate.take(now); item !== undefined; item = gate.take(now)) {
        const key = keyOf[item];
        waiting--;
        running.push(item);
        open.add(item);
        assert([...open].filter((other) => keyOf[other] === key).length <= perKey, "too many at once");
        assert(now - (lastStart.get(key) ?? -Infinity) >= ms, "too soon");
        lastStart.set(key, now);
      }
    };
    const end = (which: number, again: boolean) => {
      const [item] = running.splice(which % running.length, 1);
      if (again) {
        gate.add(single(item), noKey);
        waiting++;
      } else {
        gate.ended(single(item));
        open.delete(item);
      }
    };
    for (const { ms, key, ends, again } of happenings) {
      now += ms;
      gate.add(single(keyOf.length), () => key);
      keyOf.push(key);
      waiting++;
      start();
      for (let i = 0; i < ends && running.length > 0; i++) end(i, again && i === 0);
    }
    for (let steps = 0; waiting > 0; steps++) {
      assert(steps < 1_000, `${waiting} never start`);
      now += gate.nextMs(now) ?? 0;
      start();
      if (running.length > 0) end(0, false);
    }
  }));
});
