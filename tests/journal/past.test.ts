import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { encode, type Entry, type JournalHeader } from "../../lib/journal/entry.ts";
import { type Past, readPast } from "../../lib/journal/past.ts";
import type { Range } from "../../lib/exec/schedule/range_set.ts";

const header: JournalHeader = {
  tandem: "journal",
  schema: 2,
  version: "0.1.0",
  job: "ab".repeat(32),
  settings: { items: { null: "false", limit: null, shard: "0/2" }, output: { input: "json", maxLine: "1b" } },
};
const bytes = (text: string) => new TextEncoder().encode(text);

/** Ascending ranges that may touch. */
const ranges = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })), { maxLength: 4 }).map((pairs) => {
  let at = 0;
  return pairs.map(([gap, length]): Range => {
    const first = at + gap;
    at = first + length;
    return { first, end: at };
  });
});
const progress = fc.record({
  done: ranges,
  failed: ranges,
  bytes: fc.nat(),
  input: fc.option(fc.record({ bytes: fc.nat(), sha256: fc.constant("cd".repeat(32)) }), { nil: undefined }),
  open: fc.option(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 2 }), { nil: undefined }),
});
const entry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 6, arbitrary: progress },
  { weight: 1, arbitrary: progress.map((found) => ({ ...found, last: true as const })) },
  { weight: 1, arbitrary: ranges.map((recovered) => ({ recovered })) },
  {
    weight: 1,
    arbitrary: fc.record({
      begun: fc.constantFrom("run" as const, "resume" as const, "retry" as const),
      at: fc.option(fc.nat()),
    }),
  },
);

function pastOf(text: string): Past & { readonly length: number } {
  const found = readPast(bytes(text));
  assert(found.kind === "journal", JSON.stringify(found));
  return { ...found.past, length: found.length };
}

function itemsOf(ranges: readonly Range[]): number[] {
  return ranges.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, i) => first + i));
}

/** A simple model of the same. */
function reference(entries: readonly Entry[]) {
  const [done, failed] = [new Set<number>(), new Set<number>()];
  let state: unknown = [{ begun: "run", at: null }, 0, [], false];
  let input = { bytes: 0, sha256: "" };
  let begun: unknown = { begun: "run", at: null };
  for (const entry of entries) {
    if ("recovered" in entry) { for (const item of itemsOf(entry.recovered)) failed.delete(item); }
    else if ("done" in entry) {
      for (const item of itemsOf(entry.done)) done.add(item);
      for (const item of itemsOf(entry.failed)) failed.add(item);
      input = entry.input ?? input;
      state = [begun, entry.bytes, [...new Map(entry.open ?? [])], entry.last ?? false];
    } else if (entry.begun !== "retry") {
      const [, , open] = state as unknown[];
      begun = entry;
      state = [entry, 0, open, false];
    }
  }
  const sorted = (items: Set<number>) => [...items].toSorted((a, b) => a - b);
  return [sorted(done), sorted(failed), input, state];
}

function summary({ done, failed, input, begun, bytes, open, complete }: Past) {
  return [itemsOf(done.ranges), itemsOf(failed.ranges), input, [begun, bytes, [...open], complete]];
}

Deno.test("a journal cut at any byte is the journal of its complete records", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), fc.nat(), (entries, place) => {
      const lines = [header, ...entries].map(encode);
      const text = lines.join("");
      const cut = place % (text.length + 1);
      if (cut < lines[0].length) return assertEquals(readPast(bytes(text.slice(0, cut))), { kind: "empty" });
      let [whole, length] = [0, 0];
      while (whole < lines.length && length + lines[whole].length <= cut) length += lines[whole++].length;
      const past = pastOf(text.slice(0, cut));
      assertEquals(summary(past), reference(entries.slice(0, whole - 1)));
      assertEquals([past.length, past.header], [length, header]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("a last line that is complete but not a record is cut off too; an earlier one is damage", () => {
  const text = encode(header) + encode({ done: [{ first: 0, end: 3 }], failed: [], bytes: 7 });
  for (
    const torn of [
      "\0\0\0\n",
      '{"done":[1]}\n',
      "{}\n",
      "null\n",
      '{"done":"abc","failed":[],"bytes":1}\n',
      '{"done":[],"failed":[1],"bytes":1}\n',
      '{"done":[],"failed":[],"bytes":"1"}\n',
    ]
  ) {
    assertEquals(pastOf(text + torn).length, text.length);
    const damaged = readPast(bytes(text + torn + encode({ begun: "resume", at: 7 })));
    assertEquals(damaged, { kind: "other", found: "is damaged: line 3 is not a journal record" });
  }
});

Deno.test("a file that is not a journal, or has another schema, is refused", () => {
  for (const text of ["x", "hello\nworld\n", '{"tandem":1}', "\n", "[]\n"]) {
    assertEquals(readPast(bytes(text)), { kind: "other", found: "is not a journal" }, text);
  }
  for (const schema of [1, 3]) {
    assertEquals(readPast(bytes(`{"tandem":"journal","schema":${schema},"version":"3.0.0"}\n`)), {
      kind: "other",
      found: "was made by tandem 3.0.0, in a way unknown here",
    });
  }
});

Deno.test("ten million items in order: a record takes some tens of bytes", () => {
  const record = encode({ done: [{ first: 9_999_000, end: 10_000_000 }], failed: [], bytes: 1e9 });
  assertEquals(record, '{"done":[9999000,1000],"failed":[],"bytes":1000000000}\n');
});
