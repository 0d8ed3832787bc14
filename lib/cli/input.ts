import { TextLineStream } from "@std/streams";
import { UsageError } from "../errors.ts";

/** One non-blank line of the input; `line` is 1-based and counts blank lines too. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

/** The lines of some files, one after the other; `-`, or no file at all, is stdin. */
export async function* readLines(files: readonly string[]): AsyncGenerator<Line> {
  let line = 0;
  for (const file of files.length === 0 ? ["-"] : files) {
    const bytes = file === "-" ? Deno.stdin.readable : (await open(file)).readable;
    const lines = bytes.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
    for await (const text of lines) {
      line++;
      if (text.trim() !== "") yield { line, text };
    }
  }
}

async function open(file: string): Promise<Deno.FsFile> {
  let opened: Deno.FsFile;
  try {
    opened = await Deno.open(file);
  } catch (error) {
    throw new UsageError(`cannot read "${file}": ${error instanceof Error ? error.message : error}`);
  }
  if ((await opened.stat()).isDirectory) {
    opened.close();
    throw new UsageError(`cannot read "${file}": it is a folder; name files of lines, or - for stdin`);
  }
  return opened;
}
