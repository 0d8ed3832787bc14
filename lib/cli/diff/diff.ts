import { gate } from "../../bench/gate.ts";
import { diffDocuments, type Pair } from "../../diff/diff_documents.ts";
import { UsageError } from "../../errors.ts";
import type { AnyDocument, Document } from "../../model/document.ts";
import { renderingOf } from "../../report/renderings.ts";
import { exportsIn } from "../table/common_options.ts";
import { documentHead, exportsOf, writeRendered } from "../terminal/documents.ts";
import { readDocument } from "../terminal/read_document.ts";
import { placeOf, refuseSameFile } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";
import { appendStepSummary } from "../terminal/step_summary.ts";
import type { DiffValues } from "./command.ts";

/** `tandem diff BEFORE AFTER`: what has changed between two saved documents of one command, and a gate for CI. */
export async function run(values: DiffValues, files: readonly string[], session: Session): Promise<number> {
  const { stdin, stdout } = session;
  const [first, second] = files;
  const inputs = files.map((name) => ({ name, at: placeOf(name, 0), written: false }));
  if (inputs.every(({ at }) => at === 0)) throw new UsageError("stdin can be read once: give - once");
  const exports = await exportsOf(["diff"], exportsIn(values), values.json ? ["--json"] : [], session);
  refuseSameFile([...inputs, ...exports.files], session);
  const format = values.json ? "json" : "text";
  const pair = pairOf(
    { name: first, document: await readDocument(first, stdin) },
    { name: second, document: await readDocument(second, stdin) },
  );
  const result = diffDocuments(pair, values.margin);
  const head = await documentHead({ command: "diff", options: values }, session);
  const document: Document<"diff"> = { ...head, result };
  const render = await renderingOf("diff", format);
  const failure = await exports.write([document]);
  if (!exports.takesStdout) await writeRendered(render(document, stdout.style), format, stdout);
  const markdown = await renderingOf("diff", "markdown");
  await appendStepSummary(() => markdown(document, stdout.style), session);
  if (failure) throw failure;
  const failOn = values.failOn.map((word) => word === "slower" ? "regressed" : word);
  return gate(result.rows.map(({ answer }) => answer), failOn);
}

interface Named {
  readonly name: string;
  readonly document: AnyDocument;
}

/** @throws {UsageError} the two cannot be compared */
function pairOf(first: Named, second: Named): Pair {
  const [before, after] = [first.document, second.document];
  for (const { name, document: { command } } of [first, second]) {
    if (command !== "compare" && command !== "claims" && command !== "scale") {
      throw new UsageError(`${name}: a document of ${command}; diff compares those of compare, claims and scale`);
    }
  }
  if (before.command !== after.command) {
    throw new UsageError(
      `${first.name} is a document of ${before.command}, and ${second.name} of ${after.command}: give two of one command`,
    );
  }
  return { before, after } as Pair;
}
