import type { ArchivedFile } from "./tar.ts";

/** All files of a folder and its folders; their paths in the archive begin with `as`. */
export function filesIn(folder: string, as: string): ArchivedFile[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const [from, path] = [`${folder}/${name}`, `${as}/${name}`];
    return isDirectory ? filesIn(from, path) : [{ path, bytes: Deno.readFileSync(from) }];
  });
}
