/** Lines that something is wrong with: how many, and some of them. */
export interface FaultyLines {
  readonly count: number;
  /** The first of them as ranges, `end` not included. */
  readonly shown: readonly { readonly first: number; readonly end: number }[];
  /** The files that the first of them is in, as numbers from 0. */
  readonly files: readonly number[];
}

/** What became of the outputs of shards. */
export interface Gathered {
  /** Lines whose records were written: those without and with an error record. */
  readonly ok: number;
  readonly failed: number;
  /** The highest line that was written; 0 if none was. */
  readonly lastLine: number;
  /** Lines that should be there and are in no file. */
  readonly missing: FaultyLines;
  /** Lines that a second file has too, or that go on behind their error record. */
  readonly doubled: FaultyLines;
  /** Lines that are not of the input. */
  readonly foreign: FaultyLines;
}
