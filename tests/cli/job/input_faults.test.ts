import { assert, assertEquals } from "@std/assert";
import { refuseInput } from "../../../lib/cli/job/input_faults.ts";
import { UsageError } from "../../../lib/errors.ts";
import type { InputFault } from "../../../lib/exec/input/item_cutter.ts";

/** What is said of a fault in line 3 of an input. */
function said(fault: InputFault, files: readonly string[] = ["a.csv", "-"]): string {
  const error = refuseInput(files)(fault);
  assert(error instanceof UsageError);
  return error.message;
}

Deno.test("input faults: the input is named as the command line names it, and the line; or the flag", () => {
  const fault = (input: number | undefined) => ({ kind: "array-breaks-off", input, line: 3 }) as const;
  const end = "the array has no end";
  assertEquals(said(fault(0)), `cannot read "a.csv": line 3: ${end}`);
  assertEquals(said(fault(1)), `cannot read stdin: line 3: ${end}`);
  assertEquals(said(fault(0), []), `cannot read stdin: line 3: ${end}`); // there are no files
  assertEquals(said(fault(undefined)), `--header: ${end}`);
});

Deno.test("input faults: what is wrong, what was found, and what to do", () => {
  const at = { input: 0, line: 3 };
  const text = (fault: InputFault) => said(fault).replace('cannot read "a.csv": line 3: ', "");
  const toLines = "for one JSON value a line: --input json";
  const faults: readonly (readonly [InputFault, string])[] = [
    [{ ...at, kind: "header-too-long", maxLine: 9 }, "the header is longer than 9 bytes; raise --max-line"],
    [{ ...at, kind: "header-malformed", found: "no row" }, "the header is no row"],
    [{ ...at, kind: "name-missing", column: 2 }, "column 2 of the header has no name; give it one"],
    [{ ...at, kind: "name-twice", name: 'a"b' }, 'two columns of the header have the name "a\\"b"; rename one'],
    [{ ...at, kind: "no-array" }, "a JSON array is expected, and there is nothing"],
    [
      { ...at, kind: "array-breaks-off", element: 2 },
      "the array has no end: the element that begins in line 2 goes on",
    ],
    [{ ...at, kind: "after-array" }, `something stands after the end of the array; ${toLines}`],
  ];
  for (const [fault, says] of faults) assertEquals(text(fault), says);
  const found = (byte: number) =>
    text({ ...at, kind: "no-array", byte }).replace("a JSON array is expected, which begins with [, found ", "");
  assertEquals(found(0x7b), `{; ${toLines}`);
  // what would not be seen is shown as a number
  assertEquals([0x20, 0x21, 0x7e, 0x7f].map((byte) => found(byte).split(";")[0]), [
    "the byte 32",
    "!",
    "~",
    "the byte 127",
  ]);
});
