import { ClosedPipe, OutputError, writeRemedy } from "../../errors.ts";
import type { Style } from "../../report/style.ts";
import { toAscii } from "./ascii.ts";

/** Where text goes, and how it may look there. */
export interface Output {
  readonly style: Style;
  /**
   * Columns that one line has now, which the user may change; undefined where a line cannot be painted again: no terminal, or a
   * dumb one.
   */
  lineColumns(): number | undefined;
  /**
   * Writes a text for people: in ASCII where the locale is not UTF-8, so that renderers need not care.
   * Resolves when all of it is written, so a slow reader slows us down. `console.log` would neither wait nor notice that
   * the reader has gone.
   *
   * @throws {ClosedPipe} nobody reads any more
   * @throws {OutputError} the text could not be written
   */
  write(text: string): Promise<void>;
  /** The same for a text that a program reads, a JSON document for example: no character of it is changed. */
  writeExact(text: string): Promise<void>;
  /** The same for bytes. They must stay as they are until it resolves. */
  writeBytes(bytes: Uint8Array): Promise<void>;
}

/** Something that takes some of the bytes at a time, like `Deno.stdout`. */
export interface Sink {
  write(bytes: Uint8Array): Promise<number>;
}

const encoder = new TextEncoder();

/** The same output, but it does not stop when its reader has gone: what the reader would have read is dropped. */
export function droppingOutput(inner: Output): Output {
  let gone = false;
  const drop = async (write: () => Promise<void>) => {
    if (gone) return;
    try {
      await write();
    } catch (error) {
      if (!(error instanceof ClosedPipe)) throw error;
      gone = true;
    }
  };
  return {
    style: inner.style,
    lineColumns: inner.lineColumns,
    write: (text) => drop(() => inner.write(text)),
    writeExact: (text) => drop(() => inner.writeExact(text)),
    writeBytes: (bytes) => drop(() => inner.writeBytes(bytes)),
  };
}

/**
 * An output over a sink. `name` is for the error message. Writes keep their order even if they are not awaited. `lineColumns`: by
 * default as the style says.
 */
export function output(
  sink: Sink,
  name: string,
  style: Style,
  lineColumns: Output["lineColumns"] = () => style.terminal ? style.width : undefined,
): Output {
  let last = Promise.resolve();
  function writeBytes(bytes: Uint8Array): Promise<void> {
    const written = last.then(() => writeAll(sink, name, bytes));
    last = written.catch(() => {});
    return written;
  }
  const writeExact = (text: string) => writeBytes(encoder.encode(text));
  return {
    style,
    lineColumns,
    write: (text) => writeExact(style.unicode ? text : toAscii(text)),
    writeExact,
    writeBytes,
  };
}

async function writeAll(sink: Sink, name: string, bytes: Uint8Array): Promise<void> {
  try {
    for (let from = 0; from < bytes.length;) from += await sink.write(bytes.subarray(from));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new ClosedPipe();
    throw new OutputError(name, error, `the results end here, ${writeRemedy(error)}`);
  }
}
