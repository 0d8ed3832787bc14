import { UsageError } from "../../errors.ts";
import { BlockStore } from "../../exec/input/block_store.ts";
import { lineSource } from "../../exec/input/line_source.ts";
import { endOf, isTooLong, lineOf, startOf } from "../../exec/wire/block.ts";
import { isInexact } from "../../exec/wire/inexact_json.ts";
import type { Place } from "../../exec/wire/numbers.ts";
import { codecs, cutterOf, openInputs } from "../job/run_input.ts";
import type { Source } from "../terminal/session.ts";
import type { CompareValues } from "./command.ts";

/** Items, each the bytes of a line, a row or an element. */
export interface ItemLines {
  readonly bytes: readonly Uint8Array[];
  /** The 1-based line of each. */
  readonly lines: readonly number[];
  /** How many of them JSON.parse changes, and the first line of one. */
  readonly inexact?: { readonly items: number; readonly line: number };
}

/**
 * The items of --items, cut as `run` cuts them.
 *
 * @throws {UsageError} they cannot be read, or one is longer than `maxLine` bytes
 */
export async function readItems(
  path: string,
  { input, header, maxLine, ...flags }: Pick<CompareValues, "input" | "header" | "null" | "maxLine">,
  stdin: Source,
): Promise<ItemLines> {
  const separator = flags.null ? "\0" : "\n";
  const kind = { input, header, separator } as const;
  const { next } = openInputs([path], stdin, kind);
  const source = lineSource({ cutter: await cutterOf(kind, { maxLine }, [path]), next });
  const blocks = new BlockStore();
  try {
    while (await source.read(blocks));
  } finally {
    source.close();
  }
  const lines = itemLines(blocks, maxLine);
  return codecs[input] === "json" ? { ...lines, inexact: inexactOf(lines) } : lines;
}

/** Which of them the job does not get as they are written. */
function inexactOf({ bytes, lines }: ItemLines): ItemLines["inexact"] {
  const decoder = new TextDecoder();
  const found = lines.filter((_, i) => {
    const text = decoder.decode(bytes[i]);
    try {
      return isInexact(JSON.parse(text), text, bytes[i], 0, bytes[i].length);
    } catch {
      return false; // not JSON, which is the item's error
    }
  });
  return found.length === 0 ? undefined : { items: found.length, line: found[0] };
}

function itemLines(blocks: BlockStore, maxLine: number): ItemLines {
  const [bytes, lines]: [Uint8Array[], number[]] = [[], []];
  for (const { held: { block, firstLine }, from, range } of blocks.parts({ first: 0, end: blocks.count })) {
    for (let place = from; place < from + range.end - range.first; place = place + 1 as Place) {
      const line = lineOf(block, place, firstLine);
      if (isTooLong(block, place)) {
        throw new UsageError(`line ${line} of --items is longer than ${maxLine} bytes; raise --max-line`);
      }
      bytes.push(block.bytes.subarray(startOf(block, place), endOf(block, place)));
      lines.push(line);
    }
  }
  return { bytes, lines };
}
