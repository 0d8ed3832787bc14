import { type EntryName, entryPoint } from "../../../entry_points.ts";
import { fileUrl } from "../../../paths.ts";

/** Entry points as files that another program can read. Disposing removes what was made for that. */
export interface ReadableEntries extends Disposable {
  readonly entries: readonly URL[];
}

/**
 * Entry points that are one file each: where they are, or copies of them, because only the executable itself can read the files inside
 * it. The copies stand beside each other, as the entry points do.
 */
export function readableEntries(...names: readonly EntryName[]): ReadableEntries {
  const entries = names.map(entryPoint);
  return Deno.build.standalone ? copied(entries) : { entries, [Symbol.dispose]() {} };
}

/** Copies files to a temporary folder. */
export function copied(files: readonly URL[]): ReadableEntries {
  const temporary = Deno.makeTempDirSync({ prefix: "tandem_" });
  const folder = fileUrl(`${temporary}/workers/`);
  Deno.mkdirSync(folder);
  const entries = files.map((from) => {
    const to = new URL(from.pathname.replace(/^.*\//, ""), folder);
    Deno.writeTextFileSync(to, Deno.readTextFileSync(from)); // copyFile cannot read what is in an executable
    return to;
  });
  return { entries, [Symbol.dispose]: () => Deno.removeSync(temporary, { recursive: true }) };
}
