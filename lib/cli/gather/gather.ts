import { exitCodes, UsageError } from "../../errors.ts";
import { gather } from "../../gather/gather.ts";
import { TaggedFile } from "../../gather/tagged_file.ts";
import { Untagger } from "../../gather/untag.ts";
import type { Gathered } from "../../model/gathered.ts";
import { faultTexts, gatherText, type KnownLines } from "../../report/gather_text.ts";
import { plural } from "../../report/words.ts";
import { warningText } from "../../report/wrap.ts";
import { namedFor, namesShard } from "../job/shard_names.ts";
import { openInputs } from "../job/run_input.ts";
import { Progress } from "../terminal/progress.ts";
import { placeOf, refuseSameFile, type UsedFile } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";
import type { GatherValues } from "./command.ts";
import { refuseRecord, refuseValue } from "./gather_faults.ts";
import { inputLines } from "./input_lines.ts";
import { RecordOutput } from "./record_output.ts";

/** `tandem gather OUT...`: the outputs of shards in the order of the input, and what is wrong with their lines. */
export async function run(values: GatherValues, operands: readonly string[], session: Session): Promise<number> {
  const names = operands.flatMap((name) => outputsNamed(name, values.shards));
  const { stdin, stdout, stderr, stop } = session;
  const { items, lines, header, sparse, quiet } = values;
  if (items.length > 0 && lines !== undefined) {
    throw new UsageError("--items and --lines exclude each other: give one of them");
  }
  refuseOwnFiles([...names, ...items], session);
  const separator = values.null ? "\0" : "\n";
  const readers = names.map((name) => openInputs([name], stdin, { input: "lines", separator }));
  const input = items.length > 0
    ? inputLines(items, { input: values.input, header, separator }, stdin)
    : lines === undefined
    ? undefined
    : upTo(lines);
  const known: KnownLines = sparse ? "sparse" : items.length > 0 ? "items" : lines === undefined ? "none" : "count";
  await using progress = new Progress(session, { quiet });
  let line = 0;
  if (!stdout.style.terminal) progress.start(() => ({ what: plural(line, "line") }));
  const output = new RecordOutput(stdout, separator);
  const untagger = values.untag ? new Untagger(values.output, separator, refuseValue) : undefined;
  const isJson = (kind: TaggedFile["kind"]) => kind === "error" || untagger === undefined || values.output === "json";
  const write = (record: TaggedFile) => {
    const bytes = untagger === undefined ? record.bytes : untagger.untag(record);
    return bytes && output.add(bytes, isJson(record.kind));
  };
  const files: TaggedFile[] = [];
  let gathered: Gathered;
  try {
    for (const [i, { next }] of readers.entries()) {
      const reader = (await next())!; // the one input that it was opened with
      files.push(new TaggedFile(i, reader, separator, refuseRecord(names[i])));
    }
    gathered = await gather({ files, input, sparse, write, signal: stop, onLine: (now) => line = now });
  } finally {
    await progress.end();
    for (const file of files) file.close();
    await input?.return(undefined);
    await output.flush(); // also what came before a file that is refused
  }
  const warnings = faultTexts(gathered, names, known);
  for (const text of warnings) await stderr.write(warningText(text, stderr.style));
  if (!quiet) await stderr.write(gatherText(gathered, names.length, known, stderr.style));
  return warnings.length > 0 ? exitCodes.failed : exitCodes.ok;
}

/** @throws {UsageError} its shards are not counted */
function outputsNamed(name: string, count: number | undefined): readonly string[] {
  if (!namesShard(name)) return [namedFor(name, { index: 0, count: 1 })];
  if (count === undefined) {
    throw new UsageError(`${name}: {shard} is the number of a shard; add the number of shards: --shards N`);
  }
  return Array.from({ length: count }, (_, index) => namedFor(name, { index, count }));
}

async function* upTo(lines: number) {
  yield { first: 1, end: lines + 1 };
}

/** @throws {UsageError} stdout is one of the files, or stdin is to be read twice */
function refuseOwnFiles(names: readonly string[], session: Session): void {
  const inputs = names.map((name): UsedFile => ({ name, at: placeOf(name, 0), written: false }));
  if (inputs.filter(({ at }) => at === 0).length > 1) throw new UsageError("stdin can be read once: give - once");
  refuseSameFile([{ name: "stdout", at: 1, written: true }, ...inputs], session);
}
