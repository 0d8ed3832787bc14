import type { ByteReader } from "../../lib/exec/input/byte_reader.ts";
import { type RecordFault, TaggedFile } from "../../lib/gather/tagged_file.ts";

/** A refusal that keeps its fault. */
export class Refused<F> extends Error {
  constructor(readonly fault: F) {
    super(JSON.stringify(fault));
  }
}

/** A reader of a text that gives at most `chunk` bytes at a time, and whether it was closed. */
export function readerOf(text: string, chunk = Infinity): ByteReader & { readonly closed: boolean } {
  let left = new TextEncoder().encode(text);
  const reader = {
    closed: false,
    read(into: Uint8Array) {
      const part = left.subarray(0, Math.min(chunk, into.length));
      into.set(part);
      left = left.subarray(part.length);
      return Promise.resolve(part.length === 0 ? null : part.length);
    },
    close: () => void (reader.closed = true),
  };
  return reader;
}

/** A tagged file with this text. */
export function taggedFile(text: string, index = 0, chunk = Infinity, separator: "\n" | "\0" = "\n"): TaggedFile {
  return new TaggedFile(index, readerOf(text, chunk), separator, (fault: RecordFault) => new Refused(fault));
}
