import type { Gathered } from "../model/gathered.ts";
import { ExpectedLines, type InputLines } from "./expected_lines.ts";
import { FaultList } from "./fault_list.ts";
import { FileHeap } from "./file_heap.ts";
import type { TaggedFile } from "./tagged_file.ts";

/** Outputs of shards, and what they should have. */
export interface GatherOptions {
  readonly files: readonly TaggedFile[];
  /** The lines of the input; undefined: all lines from 1 up to the highest that is there. */
  readonly input?: InputLines;
  /** Lines may be in no file. */
  readonly sparse: boolean;
  /** Writes the current record of a file, whose bytes stay until it settles. */
  write(record: TaggedFile): void | Promise<void>;
  readonly signal: AbortSignal;
  /** Called with each line that is written. */
  readonly onLine?: (line: number) => void;
}

/**
 * Merges the records of files into the order of their lines: a k-way merge, which keeps one record of each file. Of a line that
 * several files have, those of the first file are written, and none of a line that the input does not have.
 */
export async function gather(options: GatherOptions): Promise<Gathered> {
  const { files, input = upwards(), sparse, write, signal, onLine } = options;
  const [missing, doubled, foreign] = [new FaultList(), new FaultList(), new FaultList()];
  const expected = new ExpectedLines(input, (first, end) => sparse || missing.add(first, end));
  const heap = new FileHeap<TaggedFile>();
  for (const file of files) if (await file.advance()) heap.add(file);
  let [ok, failed, lastLine] = [0, 0, 0];
  let [line, from, isTaken, hasEnded] = [0, -1, false, false];
  for (let file = heap.top; file !== undefined && !signal.aborted; file = heap.top) {
    if (file.line !== line) {
      const has = expected.has(file.line);
      isTaken = typeof has === "boolean" ? has : await has;
      [line, from, hasEnded] = [file.line, file.index, false];
      if (isTaken) {
        lastLine = line;
        ok++;
        onLine?.(line);
      } else foreign.add(line, line + 1, [from]);
    } else if (isTaken && (from !== file.index || hasEnded)) {
      doubled.add(line, line + 1, [from, file.index]);
    }
    if (isTaken && from === file.index && !hasEnded) {
      hasEnded = file.kind === "error";
      if (hasEnded) [ok, failed] = [ok - 1, failed + 1];
      const writing = write(file);
      if (writing !== undefined) await writing;
    }
    const more = file.advance();
    if (typeof more === "boolean" ? more : await more) heap.moved();
    else heap.removeTop();
  }
  if (!signal.aborted && options.input !== undefined) await expected.end();
  return { ok, failed, lastLine, missing, doubled, foreign };
}

/** All lines there can be. */
async function* upwards() {
  yield { first: 1, end: Infinity };
}
