import { assertEquals } from "@std/assert";
import { KeyGate, type KeyOptions } from "../../../lib/exec/pace/key_gate.ts";

const single = (item: number) => ({ first: item, end: item + 1 });

/** A gate with the items 0, 1, ... of these keys. */
function keyed(options: Partial<KeyOptions>, keys: readonly string[]): KeyGate {
  const gate = new KeyGate({ rates: [], ...options });
  gate.add({ first: 0, end: keys.length }, (item) => keys[item]);
  return gate;
}

Deno.test("key gate: a place is free once, however often its item ends", () => {
  const gate = keyed({ perKey: 1 }, ["a", "a", "a"]);
  gate.take(0);
  gate.ended(single(0));
  gate.ended(single(0));
  assertEquals([gate.take(0), gate.take(0)], [1, undefined]);
});

Deno.test("key gate: ends of items that it does not know change nothing", () => {
  const gate = keyed({ perKey: 1 }, ["a", "a"]);
  gate.take(0);
  gate.ended(single(7));
  assertEquals([gate.take(0), gate.why(0)], [undefined, "key"]);
});

Deno.test("key gate: an item that is wanted gets no place that its key has not, even if one of it comes back", () => {
  const gate = keyed({ perKey: 1 }, ["a", "a"]);
  gate.take(0);
  gate.add(single(0), () => "a");
  assertEquals([gate.take(0, 1), gate.take(0, 0), gate.take(0, 1)], [undefined, 0, undefined]);
});

Deno.test("key gate: a wanted item that is not held back is not taken, and costs its key neither start nor place", () => {
  const gate = keyed({ perKey: 2, rates: [{ count: 1, ms: 95 }] }, ["a", "a"]);
  assertEquals([gate.take(0, 0), gate.take(100, 0), gate.take(100), gate.take(200)], [0, undefined, 1, undefined]);
});

Deno.test("key gate: it says how long the next start takes, of the run's rate and the key's, whichever is later", () => {
  const gate = keyed({ rates: [{ count: 1, ms: 95 }], perKeyRates: [{ count: 1, ms: 250 }] }, ["a", "a", "b"]);
  assertEquals([gate.nextMs(0), gate.take(0), gate.nextMs(0), gate.nextMs(0, 1)], [0, 0, 100, 250]);
  assertEquals([gate.why(99.5), gate.why(100), gate.take(100)], ["rate", undefined, 2]);
  assertEquals([gate.why(100), gate.nextMs(100), gate.nextMs(100, 7)], ["key", 150, undefined]);
  assertEquals([gate.take(249), gate.take(250), gate.nextMs(250), gate.why(250)], [undefined, 1, undefined, undefined]);
});

Deno.test("key gate: an item whose key has no place cannot start by time alone", () => {
  const gate = keyed({ perKey: 1 }, ["a", "a", "b"]);
  gate.take(0);
  assertEquals([gate.nextMs(0, 1), gate.nextMs(0, 2), gate.nextMs(0)], [undefined, 0, 0]);
});

Deno.test("key gate: a key that had no items left begins anew, but not before it has rested", () => {
  const gate = keyed({ perKeyRates: [{ count: 1, ms: 50 }] }, ["a"]);
  gate.take(0);
  gate.ended(single(0));
  gate.add(single(1), () => "a");
  assertEquals([gate.take(49), gate.nextMs(49), gate.take(50)], [undefined, 1, 1]);
  gate.ended(single(1));
  gate.add(single(2), () => "a");
  assertEquals(gate.take(500), 2);
});
