import { assertEquals } from "@std/assert";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { ElementCutter } from "../../../lib/exec/input/element_cutter.ts";
import type { ItemCutter, ItemOptions } from "../../../lib/exec/input/item_cutter.ts";
import { LineCutter } from "../../../lib/exec/input/line_cutter.ts";
import { RowCutter } from "../../../lib/exec/input/row_cutter.ts";
import { bytesOf } from "./cut_items.ts";

const refuse = ({ kind }: { readonly kind: string }) => new Error(kind);

/** Each cutter, and an input of the three items 1, 2 and 3. */
const cutters: Readonly<Record<string, readonly [make: (options: ItemOptions) => ItemCutter, input: string]>> = {
  lines: [(options) => new LineCutter({ ...options, separator: "\n" }), "1\n2\n3\n"],
  rows: [(options) => new RowCutter({ ...options, format: "csv", refuse }), "a\n1\n2\n3\n"],
  elements: [(options) => new ElementCutter({ ...options, refuse }), "[1,2,3]\n"],
};

for (const [name, [make, input]] of Object.entries(cutters)) {
  Deno.test(`cutters: of ${name} it tells how many items it has seen, and when there are as many as wanted`, () => {
    const counts = (options: Partial<ItemOptions>) => {
      const cutter = make({ maxLine: 100, ...options });
      const blocks = new BlockStore();
      const before = [cutter.selection.seen, cutter.lines, cutter.blank, cutter.selection.isFull];
      cutter.startInput();
      cutter.cut(bytesOf(input), blocks);
      cutter.endInput(blocks);
      return { before, after: [cutter.selection.seen, cutter.blank, cutter.selection.isFull, blocks.count] };
    };
    assertEquals(counts({}), { before: [0, 0, 0, false], after: [3, 0, false, 3] });
    assertEquals(counts({ limit: 3 }), { before: [0, 0, 0, false], after: [3, 0, true, 3] });
    assertEquals(counts({ limit: 4 }).after, [3, 0, false, 3]);
    assertEquals(counts({ limit: 2 }).after, [3, 0, true, 2]);
    assertEquals(counts({ limit: 0 }), { before: [0, 0, 0, true], after: [3, 0, true, 0] });
    assertEquals(counts({ limit: 2, shard: { index: 1, count: 2 } }).after, [3, 0, false, 1]);
  });

  Deno.test(`cutters: of ${name} an item may be as long as the most, with its carriage return beside that`, () => {
    const long = name === "elements" ? `["${"x".repeat(6)}"]` : `${name === "rows" ? "a\n" : ""}${"x".repeat(8)}\r\n`;
    for (const [maxLine, isKept] of [[8, true], [7, false]] as const) {
      for (const size of [1, 3, 100]) {
        const cutter = make({ maxLine });
        const blocks = new BlockStore();
        cutter.startInput();
        for (let from = 0; from < long.length; from += size) cutter.cut(bytesOf(long.slice(from, from + size)), blocks);
        cutter.endInput(blocks);
        assertEquals([blocks.count, blocks.bytesOf(0) !== undefined], [1, isKept], `${maxLine}, ${size} at once`);
      }
    }
  });
}
