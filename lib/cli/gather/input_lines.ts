import { BlockStore } from "../../exec/input/block_store.ts";
import { lineSource } from "../../exec/input/line_source.ts";
import { lineOf } from "../../exec/wire/block.ts";
import type { Place } from "../../exec/wire/numbers.ts";
import type { Range } from "../../exec/schedule/range_set.ts";
import { cutterOf, type InputKind, openInputs } from "../job/run_input.ts";
import type { Source } from "../terminal/session.ts";

/** Longer items are counted, and their bytes not kept; but a header of CSV must fit. */
const maxItem = 16 * 1024 * 1024;

/** The lines that have items, as `run` counts them: ascending ranges. It opens the files at once, and reads them as it goes on. */
export function inputLines(files: readonly string[], kind: InputKind, stdin: Source): AsyncGenerator<Range, void> {
  const { next } = openInputs(files, stdin, kind);
  return (async function* () {
    const source = lineSource({ cutter: await cutterOf(kind, { maxLine: maxItem }, files), next });
    try {
      const blocks = new BlockStore();
      for (let more = true; more;) {
        more = await source.read(blocks);
        yield* rangesOf(blocks);
        blocks.clear();
      }
    } finally {
      source.close();
    }
  })();
}

function* rangesOf(blocks: BlockStore): Generator<Range> {
  let [first, end] = [0, 0];
  for (const { held: { block, firstLine }, from, range } of blocks.parts({ first: 0, end: blocks.count })) {
    for (let place = from; place < from + range.end - range.first; place = place + 1 as Place) {
      const line = lineOf(block, place, firstLine);
      if (line < end) continue; // several elements of an array can share one
      if (line !== end && end > first) yield { first, end };
      if (line !== end) first = line;
      end = line + 1;
    }
  }
  if (end > first) yield { first, end };
}
