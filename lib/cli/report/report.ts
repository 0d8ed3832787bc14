import { exitCodes, UsageError } from "../../errors.ts";
import type { AnyDocument } from "../../model/document.ts";
import { type Format, loadRendering } from "../../report/renderings.ts";
import { listed } from "../../report/words.ts";
import { exporting, exportsIn, formatNamed, formatsOf } from "../table/common_options.ts";
import { flagName } from "../table/option.ts";
import { exportsOf, writeRendered } from "../terminal/documents.ts";
import { readDocument } from "../terminal/read_document.ts";
import { placeOf, refuseSameFile } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";
import type { ReportValues } from "./command.ts";

/** `tandem report FILE...`: saved documents as text, or in another format, without measuring. */
export async function run(values: ReportValues, files: readonly string[], session: Session): Promise<number> {
  const { stdin, stdout } = session;
  const format = formatNamed(values.format);
  const inputs = files.map((name) => ({ name, at: placeOf(name, 0), written: false }));
  if (inputs.filter(({ at }) => at === 0).length > 1) throw new UsageError("stdin can be read once: give - once");
  const documents: AnyDocument[] = [];
  for (const name of files) {
    const document = await readDocument(name, stdin);
    for (const wanted of [format, ...exportsIn(values).map((exported) => exported.format)]) {
      refuseFormat(name, document, wanted);
    }
    documents.push(document);
  }
  const commands = documents.map(({ command }) => command);
  const isChosen = format !== "text";
  const exports = await exportsOf(commands, exportsIn(values), isChosen ? [`--format ${values.format}`] : [], session);
  refuseSameFile([...inputs, ...exports.files], session);
  const render = await loadRendering(commands, format);
  const text = render(documents, stdout.style);
  const failure = await exports.write(documents);
  if (!exports.takesStdout) await writeRendered(text, format, stdout);
  if (failure) throw failure;
  return exitCodes.ok;
}

function refuseFormat(name: string, { command }: AnyDocument, format: Format): void {
  const known = ["text", ...formatsOf(command)];
  if (known.includes(format)) return;
  const word = flagName(format);
  const having = listed(exporting(`export-${word}`) ?? []);
  const has = `it has ${listed(known.map(flagName))}`;
  throw new UsageError(`${name}: ${word} is for documents of ${having}, and this is one of ${command}; ${has}`);
}
