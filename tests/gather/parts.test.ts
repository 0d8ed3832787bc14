/** The small parts of gather: the heap, the list of faults, the lines of the input. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Range } from "../../lib/exec/schedule/range_set.ts";
import { ExpectedLines } from "../../lib/gather/expected_lines.ts";
import { FaultList } from "../../lib/gather/fault_list.ts";
import { FileHeap } from "../../lib/gather/file_heap.ts";

Deno.test("file heap: the top is the lowest line, and of several the first file", () => {
  const files = fc.array(fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 }), { maxLength: 12 });
  fc.assert(fc.property(files, (lines) => {
    const sorted = lines.map((numbers) => numbers.toSorted((a, b) => a - b));
    const heap = new FileHeap<{ line: number; index: number; at: number }>();
    for (const [index, [line]] of sorted.entries()) heap.add({ line, index, at: 0 });
    const seen: number[][] = [];
    for (let top = heap.top; top !== undefined; top = heap.top) {
      seen.push([top.line, top.index]);
      const next = sorted[top.index][++top.at];
      if (next === undefined) heap.removeTop();
      else {
        top.line = next;
        heap.moved();
      }
    }
    const all = sorted.flatMap((numbers, index) => numbers.map((line) => [line, index]));
    assertEquals(seen, all.toSorted(([a, i], [b, j]) => a - b || i - j));
  }));
});

Deno.test("fault list: counts all, shows ten ranges, and knows where the first one was", () => {
  const list = new FaultList();
  assertEquals([list.count, list.shown, list.files], [0, [], []]);
  list.add(3, 3, [9]); // nothing
  list.add(3, 4, [1, 2]);
  list.add(3, 4, [2, 5]); // the same line again
  list.add(4, 6, [7]);
  list.add(5, 8, [7]);
  assertEquals([list.count, list.shown, list.files], [5, [{ first: 3, end: 8 }], [1, 2]]);
  for (let line = 10; line < 40; line += 2) list.add(line, line + 1);
  assertEquals([list.count, list.shown.length, list.shown.at(-1)], [20, 10, { first: 26, end: 27 }]);
});

Deno.test("expected lines: which there are, and which have not come", async () => {
  const lines = fc.uniqueArray(fc.integer({ min: 1, max: 30 })).map((all) => all.toSorted((a, b) => a - b));
  await fc.assert(fc.asyncProperty(lines, lines, fc.boolean(), async (input, come, ends) => {
    const missing: number[] = [];
    const expected = new ExpectedLines(rangesOf(input), (first, end) => {
      for (let line = first; line < end; line++) missing.push(line);
    });
    const has: boolean[] = [];
    for (const line of come) has.push(await expected.has(line));
    if (ends) await expected.end();
    assertEquals(has, come.map((line) => input.includes(line)));
    const last = ends ? Infinity : come.at(-1) ?? 0;
    assertEquals(missing, input.filter((line) => line < last && !come.includes(line)));
  }));
});

/** The lines as ranges, some of which touch. */
async function* rangesOf(lines: readonly number[]): AsyncGenerator<Range, void> {
  for (let i = 0; i < lines.length; i++) {
    const [first, next] = lines.slice(i);
    if (next === first + 1 && first % 3 > 0) yield { first, end: lines[++i] + 1 };
    else yield { first, end: first + 1 };
  }
}
