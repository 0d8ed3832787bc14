import { OutputError, UsageError } from "../../errors.ts";
import type { AnyDocument, Results } from "../../model/document.ts";
import { type Format, loadRendering } from "../../report/renderings.ts";
import { warningText } from "../../report/wrap.ts";
import { exportPath, writeFileOrStdout } from "./export_file.ts";
import { refuseSameFile, type UsedFile } from "./same_file.ts";
import type { Session } from "./session.ts";

/** A place that a document is to be written to, as flags name it. */
export interface Asked {
  readonly format: Format;
  readonly path: string;
  /** The flag and the path, for messages. */
  readonly name: string;
}

/** Where documents go besides the screen. All of it has been tried before the work begins. */
export interface Exports {
  /** One goes to stdout, which is then left to it. */
  readonly takesStdout: boolean;
  /** The files among the places. */
  readonly files: readonly UsedFile[];
  /** Writes documents to all places. A failure is returned and not thrown, so that the result can still be shown. */
  write(documents: readonly AnyDocument[]): Promise<OutputError | undefined>;
}

/**
 * Finds out where documents of some commands go, and loads what renders them. `others`: flags that write to stdout too, and only.
 *
 * @throws {UsageError} a place cannot be written to, or two of them are the same
 */
export async function openExports(
  commands: readonly (keyof Results)[],
  asked: readonly Asked[],
  others: readonly string[],
  session: Session,
): Promise<Exports> {
  const { stdout, stderr } = session;
  const places = await Promise.all(asked.map(async ({ format, path, name }) => {
    return { name, file: exportPath(path), render: await loadRendering(commands, format) };
  }));
  const [toStdout, toFiles] = [places.filter(({ file }) => file === "-"), places.filter(({ file }) => file !== "-")];
  const [one, other] = [...others, ...toStdout.map(({ name }) => name)];
  if (toStdout.length > 0 && other !== undefined) {
    throw new UsageError(`${one} and ${other} both write to stdout; give one of them a file`);
  }
  const files = toFiles.map(({ name, file: at }) => ({ name, at, written: true }));
  refuseSameFile([{ name: "stdout", at: 1, written: true }, ...files], session);
  return {
    takesStdout: toStdout.length > 0,
    files,
    async write(documents) {
      const texts = places.map(({ file, render }) => [file, render(documents, stdout.style)] as const);
      const failures: OutputError[] = [];
      for (const [file, text] of texts) {
        try {
          await writeFileOrStdout(file, text, stdout);
        } catch (error) {
          if (!(error instanceof OutputError)) throw error;
          failures.push(error);
        }
      }
      const last = failures.pop();
      for (const { message } of failures) await stderr.write(warningText(message, stderr.style));
      return last;
    },
  };
}
