import { UsageError } from "../../errors.ts";
import type { InputFault, RefuseInput } from "../../exec/input/item_cutter.ts";

/** Says what is wrong with one of these files (stdin, if there are none), and in which of its lines. */
export function refuseInput(files: readonly string[]): RefuseInput {
  return (fault) => {
    if (fault.input === undefined) return new UsageError(`--header: ${faultText(fault)}`);
    const name = files[fault.input] ?? "-";
    const called = name === "-" ? "stdin" : `"${name}"`;
    return new UsageError(`cannot read ${called}: line ${fault.line}: ${faultText(fault)}`);
  };
}

const toLines = "for one JSON value a line: --input json";

function faultText(fault: InputFault): string {
  switch (fault.kind) {
    case "header-too-long":
      return `the header is longer than ${fault.maxLine} bytes; raise --max-line`;
    case "header-malformed":
      return `the header is ${fault.found}`;
    case "name-missing":
      return `column ${fault.column} of the header has no name; give it one`;
    case "name-twice":
      return `two columns of the header have the name ${JSON.stringify(fault.name)}; rename one`;
    case "no-array":
      return fault.byte === undefined
        ? "a JSON array is expected, and there is nothing"
        : `a JSON array is expected, which begins with [, found ${shown(fault.byte)}; ${toLines}`;
    case "array-breaks-off":
      return fault.element === undefined
        ? "the array has no end"
        : `the array has no end: the element that begins in line ${fault.element} goes on`;
    case "after-array":
      return `something stands after the end of the array; ${toLines}`;
    default:
      return fault satisfies never;
  }
}

function shown(byte: number): string {
  return byte > 32 && byte < 127 ? String.fromCharCode(byte) : `the byte ${byte}`;
}
