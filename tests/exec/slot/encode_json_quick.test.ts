import { assertEquals, assertThrows } from "@std/assert";
import { encodeJson } from "../../../lib/exec/slot/encode_json.ts";

/**
 * Whether a value is written without a copy, which takes several times as long. `make` gets an object whose property is
 * read by whoever walks through the value, and counts 7 characters low: its name, a colon, a comma or brace, and text.
 */
function isQuick(make: (probe: object) => unknown, limit?: number): boolean {
  let copied = false;
  const probe = {
    get seen() {
      copied ||= new Error().stack!.includes("plain_copy.ts");
      return "x";
    },
  };
  encodeJson(make(probe), limit);
  return !copied;
}

class Own {
  constructor(readonly value: unknown) {}
}

const nested = (probe: unknown, levels: number) => {
  let value = probe;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
};

Deno.test("encodeJson: plain data is written without a copy", () => {
  assertEquals(isQuick((probe) => probe), true);
  assertEquals(isQuick((probe) => [probe, probe, [[]], {}]), true);
  assertEquals(isQuick((probe) => ({ a: { b: probe }, c: probe })), true);
  assertEquals(isQuick((probe) => [null, undefined, true, 1, NaN, "text", probe]), true);
  assertEquals(isQuick((probe) => Object.assign(Object.create(null), { probe })), true);
  assertEquals(isQuick((probe) => [new Date(0), probe]), true);
  assertEquals(isQuick((probe) => nested(probe, 499)), true);
});

Deno.test("encodeJson: what JSON.stringify alone would write otherwise goes through a copy", () => {
  const arrayWithToJSON = (items: unknown[]) => Object.assign(items, { toJSON: () => items.slice() });
  assertEquals(isQuick((probe) => [new Own(probe)]), false);
  assertEquals(isQuick((probe) => [new Map([["a", probe]])]), false);
  assertEquals(isQuick((probe) => [arrayWithToJSON([probe])]), false);
  assertEquals(isQuick((probe) => ({ toJSON: () => probe })), false);
  assertEquals(isQuick((probe) => [Object.assign(new Date(0), { toJSON: () => probe })]), false);
  class Numbers extends Array<unknown> {}
  assertEquals(isQuick((probe) => Numbers.from([probe])), false);
  assertEquals(isQuick((probe) => nested(probe, 500)), false);
});

/** The least limit with which a value is written without a copy. */
function leastRoom(make: (probe: object) => unknown): number {
  for (let limit = 0;; limit++) {
    try {
      if (isQuick(make, limit)) return limit;
    } catch {
      // too long
    }
  }
}

Deno.test("encodeJson: what a value needs at least is counted before it is written, and never too high", () => {
  const makes: readonly ((probe: object) => unknown)[] = [
    (probe) => probe,
    (probe) => [probe],
    (probe) => [probe, 1, [2, [3]]],
    (probe) => ({ first: probe, second: { third: "text" } }),
    (probe) => [probe, "text", { a: ["b"] }],
  ];
  for (const make of makes) {
    const { length } = JSON.stringify(make({ seen: "x" }));
    const least = leastRoom(make);
    assertEquals([least <= length, least > length / 2], [true, true], `${least} of ${length}`);
  }
});

Deno.test("encodeJson: an item is two characters at least, a property two more than its name, a text its own", () => {
  const own = leastRoom((probe) => probe);
  assertEquals(own, "seen".length + 2 + "x".length);
  assertEquals(leastRoom((probe) => [probe]), own + 2);
  assertEquals(leastRoom((probe) => [probe, 1, true, null]), own + 8);
  assertEquals(leastRoom((probe) => ({ abc: probe, de: "text" })), own + 5 + 4 + 4);
});

Deno.test("encodeJson: an object that is there twice needs its own room twice, and no more", () => {
  const shared = new Own("b".repeat(100));
  const value = ["a".repeat(1_000), shared, shared];
  const { length } = JSON.stringify(value);
  assertEquals(encodeJson(value, length), JSON.stringify(value));
  assertThrows(() => encodeJson(value, length - 100));
});
