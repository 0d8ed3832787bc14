import type { ArchivedFile } from "./tar.ts";

/** All files of a folder and its folders; their paths in the archive begin with `as`. */
export function filesIn(folder: string, as: string): ArchivedFile[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const [from, path] = [`${folder}/${name}`, `${as}/${name}`];
    return isDirectory ? filesIn(from, path) : [{ path, bytes: Deno.readFileSync(from) }];
  });
}

/** Gives a time to all files of a folder and its folders: `deno compile` puts the times of modules into the executable. */
export function setTimes(folder: string, at: Date): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) setTimes(path, at);
    else Deno.utimeSync(path, at, at);
  }
}
