import { assertEquals } from "@std/assert";
import { Tally, type TallyOptions } from "../../lib/journal/tally.ts";
import type { Delivery } from "../../lib/exec/pool/delivery.ts";

const options: TallyOptions = { ordered: true, inline: false, separator: "\n", skipped: [], open: new Map() };

function delivery(kind: Delivery["kind"], first: number, text: string, items = 1): Delivery {
  return { kind, first, items, bytes: new TextEncoder().encode(text) };
}

Deno.test("tally: with order, the values of an item that has not ended do not count", () => {
  const tally = new Tally(options);
  tally.add([delivery("ok", 0, "1\n2\n", 2), delivery("value", 2, "abc\n")]);
  assertEquals(tally.take(undefined, false), {
    done: [{ first: 0, end: 2 }],
    failed: [],
    bytes: 4,
    input: undefined,
    open: undefined,
  });
  tally.add([delivery("value", 2, "d\n"), delivery("end", 2, ""), delivery("error", 3, "an error elsewhere\n")]);
  const input = { bytes: 9, sha256: "" };
  assertEquals(tally.take(input, true), {
    done: [{ first: 2, end: 4 }],
    failed: [{ first: 3, end: 4 }],
    bytes: 10,
    input,
    open: undefined,
    last: true,
  });
  assertEquals(tally.take(input, false), { done: [], failed: [], bytes: 10, input, open: undefined });
});

Deno.test("tally: without order, they count and are not written again", () => {
  const tally = new Tally({ ...options, ordered: false, inline: true, open: new Map([[7, 3]]) });
  const again = tally.withoutRepeated([delivery("value", 7, "a\nb\n"), delivery("value", 8, "x\n")]);
  assertEquals(again.map(({ bytes }) => new TextDecoder().decode(bytes)), ["", "x\n"]);
  tally.add(again);
  assertEquals(tally.take(undefined, false), {
    done: [],
    failed: [],
    bytes: 2,
    input: undefined,
    open: [[7, 3], [8, 1]],
  });
  const more = tally.withoutRepeated([delivery("value", 7, "c\nd\n"), delivery("end", 8, "")]);
  assertEquals(more.map(({ bytes }) => new TextDecoder().decode(bytes)), ["d\n", ""]);
  tally.add(more);
  const { open, bytes } = tally.take(undefined, false);
  assertEquals([open, bytes], [[[7, 4]], 4]);
  tally.add([delivery("error", 7, "error\n")]);
  assertEquals(tally.take(undefined, false), {
    done: [{ first: 7, end: 8 }],
    failed: [{ first: 7, end: 8 }],
    bytes: 10,
    input: undefined,
    open: undefined,
  });
});

Deno.test("tally: an item that gave values before and now fails has its error written", () => {
  const tally = new Tally({ ...options, ordered: false, inline: true, open: new Map([[7, 3]]) });
  const error = delivery("error", 7, "error\n");
  assertEquals(tally.withoutRepeated([error]), [error]);
});

Deno.test("tally: items are counted over the whole shard, skipped or not", () => {
  const tally = new Tally({ ...options, skipped: [{ first: 0, end: 10 }, { first: 12, end: 20 }] });
  tally.add([delivery("ok", 0, "1\n2\n3\n", 3)]);
  assertEquals(tally.take(undefined, false).done, [{ first: 10, end: 12 }, { first: 20, end: 21 }]);
});
