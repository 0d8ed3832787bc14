import { assertEquals } from "@std/assert";
import type { HostedSlot } from "../../../lib/exec/host/host.ts";
import { type Delivery } from "../../../lib/exec/pool/delivery.ts";
import { OutcomeStore, sumTaken } from "../../../lib/exec/pool/outcome_store.ts";
import { outcomesOf } from "../../../lib/exec/pool/outcomes.ts";
import { PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import { type FromSlot, recordKind } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";
import { chunkBytes, viewChunk } from "../../../lib/exec/wire/result_chunks.ts";

const { ok, error, value, end, lateError } = recordKind;
const encoder = new TextEncoder();

/** A slot that ignores all messages. */
function silentSlot(generation: number): PoolSlot {
  const hosted = { post() {} } as unknown as HostedSlot;
  return new PoolSlot(0, n(generation), new SharedArrayBuffer(2 * chunkBytes), () => hosted);
}

type Part = readonly [kind: number, first: number, items: number, text: string];

/** A slot's message with these stretches, in its own buffer or in a chunk. */
function results(slot: PoolSlot, parts: readonly Part[], chunk?: number): FromSlot & { kind: "results" } {
  const bytes = encoder.encode(parts.map(([, , , text]) => text).join(""));
  if (chunk !== undefined) viewChunk(slot.results, chunk).set(bytes);
  return {
    kind: "results",
    ...chunk === undefined ? { buffer: bytes.buffer } : { chunk },
    stretches: parts.flatMap(([kind, first, items, text]) => [kind, first, items, encoder.encode(text).length]),
    ms: 1,
    pendingMs: 0,
  };
}

function shown(deliveries: readonly Delivery[]): Part[] {
  const numbers = { ok, value, end, error };
  return deliveries.map(({ kind, first, items, bytes }) => {
    return [numbers[kind], first, items, new TextDecoder().decode(bytes.slice())];
  });
}

Deno.test("outcome store: returns which items ended, how they ended, and which yielded", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  const parts = [[ok, 3, 2, "1\n2\n"], [value, 5, 1, "v\n"], [error, 6, 1, "bad\n"], [end, 7, 1, ""]] as const;
  assertEquals(store.add(slot, results(slot, [...parts, [lateError, 8, 1, "late\n"]])), {
    ended: [
      { first: 3, end: 5, ok: true, bytes: 4 },
      { first: 6, end: 7, ok: false, bytes: 4 },
      { first: 7, end: 8, ok: true, bytes: 0 },
      { first: 8, end: 9, ok: false, bytes: 5 },
    ],
    yielded: [5],
  });
  assertEquals(store.add(slot, results(slot, [[value, 9, 1, "v\n"], [value, 5, 1, "w\n"]])).yielded, [9, 5]);
});

Deno.test("outcome store: what errors say of a retry comes with their items; less than 0 is never", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  const parts = [3, 4, 5].map((item) => [error, item, 1, "bad\n"] as const);
  const message = { ...results(slot, [...parts, [ok, 6, 1, "1\n"]]), hints: [5, -1, 3, 250, 4, 0] };
  assertEquals(store.add(slot, message).ended, [
    { first: 3, end: 4, ok: false, bytes: 4, retryAfterMs: 250 },
    { first: 4, end: 5, ok: false, bytes: 4, retryAfterMs: 0 },
    { first: 5, end: 6, ok: false, bytes: 4, retryAfterMs: Infinity },
    { first: 6, end: 7, ok: true, bytes: 2 },
  ]);
});

Deno.test("outcome store: outcomes are ready in the order of release, a generator's values before its end", () => {
  const store = new OutcomeStore();
  const [a, b] = [silentSlot(1), silentSlot(2)];
  store.add(a, results(a, [[ok, 2, 2, "2\n3\n"], [value, 4, 1, "x\n"]]));
  store.add(b, results(b, [[error, 1, 1, "bad\n"]], 1));
  store.add(a, results(a, [[value, 4, 1, "y\n"], [end, 4, 1, ""]]));
  store.add(b, results(b, [[ok, 0, 1, "0\n"]], 0));
  store.release({ first: 0, end: 5 });
  assertEquals(shown(store.takeReady()), [
    [ok, 0, 1, "0\n"],
    [error, 1, 1, "bad\n"],
    [ok, 2, 2, "2\n3\n"],
    [value, 4, 1, "x\n"],
    [value, 4, 1, "y\n"],
    [end, 4, 1, ""],
  ]);
  assertEquals(store.hasReady, false);
});

Deno.test("outcome store: values can be released before the end, and are not delivered again with it", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  store.add(slot, results(slot, [[value, 0, 1, "x\n"]]));
  store.releaseValues(0);
  assertEquals(shown(store.takeReady()), [[value, 0, 1, "x\n"]]);
  store.add(slot, results(slot, [[value, 0, 1, "y\n"], [lateError, 0, 1, "bad\n"]]));
  store.releaseValues(0);
  assertEquals(store.hasReady, false);
  store.release({ first: 0, end: 1 });
  assertEquals(shown(store.takeReady()), [[value, 0, 1, "y\n"], [error, 0, 1, "bad\n"]]);
});

Deno.test("outcome store: forgotten outcomes are not delivered; main's own errors are", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  store.add(slot, results(slot, [[error, 0, 1, "first try\n"]]));
  assertEquals(shown(store.forget(0)), [[error, 0, 1, "first try\n"]]);
  store.addError(0, encoder.encode("lost\n"));
  store.release({ first: 0, end: 1 });
  assertEquals(shown(store.takeReady()), [[error, 0, 1, "lost\n"]]);
});

Deno.test("outcome store: what has been released is not delivered again", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  store.add(slot, results(slot, [[ok, 0, 1, "0\n"], [ok, 1, 1, "1\n"]]));
  store.release({ first: 0, end: 1 });
  assertEquals(shown(store.takeReady()), [[ok, 0, 1, "0\n"]]);
  store.release({ first: 0, end: 2 });
  assertEquals(shown(store.takeReady()), [[ok, 1, 1, "1\n"]]);
});

Deno.test("outcome store: a chunk is free when everything in it has been taken", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(7);
  store.add(slot, results(slot, [[ok, 0, 1, "0\n"], [value, 2, 1, "vv\n"], [ok, 5, 2, "5\n6\n"]], 1));
  store.release({ first: 0, end: 1 });
  store.releaseValues(2);
  const taken = sumTaken(store.takeReady());
  assertEquals([taken.items, taken.bytes, [...taken.byGeneration], taken.chunks], [1, 2, [[7, 5]], []]);
  assertEquals(taken.values, [{ generation: 7, item: 2, bytes: 3 }]);
  store.release({ first: 5, end: 7 });
  assertEquals(sumTaken(store.takeReady()).chunks, [{ generation: 7, chunk: 1 }]);
});

Deno.test("outcome store: an error after several attempts says how many, and its slot gets back what it sent", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(7);
  const failed = '{"error":{}}\n';
  const parts: Part[] = [[error, 0, 1, failed], [error, 1, 1, failed], [ok, 2, 1, "{}\n"], [value, 3, 1, "v\n"]];
  store.add(slot, results(slot, parts), (item) => item === 0 ? 1 : 3);
  assertEquals(store.hasReady, false);
  store.release({ first: 0, end: 3 });
  store.releaseValues(3);
  assertEquals(store.hasReady, true);
  const taken = store.takeReady();
  const again = '{"error":{},"attempts":3}\n';
  assertEquals(shown(taken).map(([, , , text]) => text), [failed, again, "{}\n", "v\n"]);
  assertEquals([...sumTaken(taken).byGeneration], [[7, 2 * failed.length + 3 + 2]]);
});

Deno.test("outcome store: an error that main made ends its item, and no slot gets anything back for it", () => {
  const store = new OutcomeStore();
  store.addError(0, encoder.encode("lost\n"));
  store.release({ first: 0, end: 1 });
  assertEquals(store.hasReady, true);
  const { items, bytes, byGeneration, chunks } = sumTaken(store.takeReady());
  assertEquals([items, bytes, byGeneration.size, chunks], [1, 0, 0, []]);
});

Deno.test("outcomesOf: records become outcomes again", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  const failed = '{"line":4,"error":{"name":"TypeError","message":"ä"}}\n';
  store.add(
    slot,
    results(slot, [[ok, 0, 3, '{"a":1}\nnull\n"x\\n"\n'], [error, 3, 1, failed], [value, 4, 1, "1\n2\n"]]),
  );
  store.add(slot, results(slot, [[end, 4, 1, ""]]));
  store.release({ first: 0, end: 5 });
  assertEquals([...outcomesOf(store.takeReady(), "json")], [
    { kind: "ok", index: 0, value: { a: 1 } },
    { kind: "ok", index: 1, value: null },
    { kind: "ok", index: 2, value: "x\n" },
    { kind: "error", index: 3, error: { name: "TypeError", message: "ä" } },
    { kind: "value", index: 4, value: 1 },
    { kind: "value", index: 4, value: 2 },
    { kind: "end", index: 4 },
  ]);
});

Deno.test("outcomesOf: bytes are a copy of the slot's memory", () => {
  const store = new OutcomeStore();
  const slot = silentSlot(1);
  store.add(slot, results(slot, [[ok, 0, 1, "abc"]], 0));
  store.release({ first: 0, end: 1 });
  const [outcome] = outcomesOf(store.takeReady(), "bytes");
  viewChunk(slot.results, 0).fill(0);
  assertEquals(outcome, { kind: "ok", index: 0, value: encoder.encode("abc") });
});
