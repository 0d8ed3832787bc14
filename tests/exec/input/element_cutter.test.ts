import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ElementCutter, type ElementOptions } from "../../../lib/exec/input/element_cutter.ts";
import type { InputFault } from "../../../lib/exec/input/item_cutter.ts";
import { bytesOf, chunksOf, type Cut, cutItems, type Item } from "./cut_items.ts";

class Refused extends Error {
  constructor(readonly fault: InputFault) {
    super(fault.kind);
  }
}

function cut(inputs: readonly (readonly Uint8Array[])[], options: Partial<ElementOptions> = {}): Cut {
  const all = { maxLine: 1_000, refuse: (fault: InputFault) => new Refused(fault), ...options };
  const { refused, ...rest } = cutItems(new ElementCutter(all), inputs);
  if (refused !== undefined && !(refused instanceof Refused)) throw refused;
  return refused === undefined ? rest : { ...rest, refused: refused.fault };
}

const whole = (...texts: readonly string[]) => texts.map((text) => [bytesOf(text)]);

const token = /\s+|"(?:[^"\\]|\\[^])*(?:"|\\?$)|[[\]{},]|[^\s"[\]{},]+/gy;

/** The elements of a whole text, by its tokens. */
function reference(input: string, maxLine: number): Cut {
  const text = input.replace(/^\xef\xbb\xbf/, "");
  const items: Item[] = [];
  const lineAt = (end: number) => text.slice(0, end).split("\n").length;
  let [where, depth, begun, ended] = ["before", 0, -1, 0];
  const refuse = (fault: Pick<InputFault, "kind"> & { readonly [K in string]?: unknown }, end: number): Cut => ({
    items,
    lines: lineAt(end) - 1,
    blank: 0,
    refused: { ...fault, input: 0, line: lineAt(end) },
  });
  for (const { 0: found, index } of text.matchAll(token)) {
    if (/^[ \t\r\n]+$/.test(found)) continue;
    if (where === "after") return refuse({ kind: "after-array" }, index);
    if (where === "before") {
      if (found !== "[") return refuse({ kind: "no-array", byte: found.charCodeAt(0) }, index);
      where = "inside";
    } else if (depth === 0 && (found === "," || found === "]")) {
      if (begun !== -1 || found === "," || ended > 0) {
        const element = text.slice(begun === -1 ? index : begun, index);
        const line = lineAt(begun === -1 ? index : begun);
        items.push([line, element.length > maxLine ? null : element.replace(/[ \t\r\n]+$/, "")]);
        ended++;
      }
      begun = -1;
      if (found === "]") where = "after";
    } else {
      if (begun === -1) begun = index;
      if (found === "[" || found === "{") depth++;
      if ((found === "]" || found === "}") && depth > 0) depth--;
    }
  }
  if (where === "before") return refuse({ kind: "no-array" }, text.length);
  if (where === "inside") {
    return refuse({ kind: "array-breaks-off", element: begun === -1 ? undefined : lineAt(begun) }, text.length);
  }
  return { items, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), blank: 0 };
}

const places = fc.array(fc.nat(10_000), { maxLength: 8 });
const parts = [
  "[",
  "]",
  "{",
  "}",
  ",",
  '"',
  '\\"',
  "\\",
  "\n",
  " ",
  "1",
  "a",
  '"a]"',
  '"\\\\"',
  "null",
  "\r\n",
  "\xe4",
  "é",
];

Deno.test("element cutter: any bytes in any chunks give what a slow reader of the whole text finds", () => {
  const bytes = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((found) => found.join(""));
  const inputs = fc.oneof(bytes, bytes.map((text) => `[${text}]`), bytes.map((text) => `\xef\xbb\xbf\n[${text}`));
  fc.assert(
    fc.property(inputs, places, fc.constantFrom(4, 1_000), (text, places, maxLine) => {
      assertEquals(cut([chunksOf(bytesOf(text), places)], { maxLine }), reference(text, maxLine));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("element cutter: the elements of any array are those that JSON.parse gives", () => {
  const spaces = fc.constantFrom(undefined, 1, "\t");
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), spaces, places, (values, space, places) => {
      const text = JSON.stringify(values, null, space);
      const input = new TextEncoder().encode(text);
      const { items, refused } = cut([chunksOf(input, places)], { maxLine: 1e6 });
      const elements = items.map(([, bytes]) => JSON.parse(new TextDecoder().decode(bytesOf(bytes ?? ""))));
      assertEquals([JSON.stringify(elements), refused], [JSON.stringify(values), undefined]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("element cutter: an element has the line that it begins in, over several inputs", () => {
  assertEquals(cut(whole('[\n  {"a":\n1},\n\n2 ]\n', "[]", "\n[3]")), {
    items: [[2, '{"a":\n1}'], [5, "2"], [8, "3"]],
    lines: 8,
    blank: 0,
  });
});

Deno.test("element cutter: what is empty between commas is an element too, for JSON has nothing there", () => {
  assertEquals(cut(whole("[1,,2,\n]")).items, [[1, "1"], [1, ""], [1, "2"], [2, ""]]);
});

Deno.test("element cutter: too long an element does not hold up the others, and is not kept", () => {
  const chunks = [
    bytesOf("[1,"),
    ...Array.from({ length: 90 }, () => bytesOf('"' + "x".repeat(998) + '"')),
    bytesOf(",2]"),
  ];
  assertEquals(cut([chunks]).items, [[1, "1"], [1, null], [1, "2"]]);
});

Deno.test("element cutter: what is no array, and what breaks off, is refused with its line, after what came before", () => {
  const refused = (text: string) => cut(whole(text)).refused;
  assertEquals(refused('\n {"a":1}'), { kind: "no-array", byte: 123, input: 0, line: 2 });
  assertEquals(refused(" \n"), { kind: "no-array", input: 0, line: 2 });
  assertEquals(refused("[1]\n[2]\n"), { kind: "after-array", input: 0, line: 2 });
  assertEquals(cut(whole("[1,\n2,\n{\n")), {
    items: [[1, "1"], [2, "2"]],
    lines: 3,
    blank: 0,
    refused: { kind: "array-breaks-off", element: 3, input: 0, line: 4 },
  });
  assertEquals(refused("[1,\n"), { kind: "array-breaks-off", element: undefined, input: 0, line: 2 });
});

Deno.test("element cutter: shards, a limit and skipped items count elements", () => {
  const input = whole("[0,1,2,3,4,5,6,7]");
  assertEquals(cut(input, { shard: { index: 1, count: 3 } }).items.map(([, text]) => text), ["1", "4", "7"]);
  assertEquals(cut(input, { limit: 3, skipped: [{ first: 1, end: 2 }] }).items.map(([, text]) => text), ["0", "2"]);
});
