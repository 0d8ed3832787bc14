const projectFiles = ["deno.json", "deno.jsonc", "package.json", ".git"];

/**
 * The folder that a job may read: the nearest parent folder that contains deno.json, deno.jsonc, package.json or .git, but
 * never the home folder or the root. If there is none, the job's own folder. `exists` is a parameter for tests.
 */
export function projectFolder(file: string, home: string | undefined, exists: (path: string) => boolean): string {
  const own = parent(file);
  return nearestFolder(own, home, (folder) => projectFiles.some((name) => exists(`${folder}/${name}`))) ?? own;
}

/** The first of a folder and its parents that `fits`, but never the home folder or the root. */
export function nearestFolder(
  start: string,
  home: string | undefined,
  fits: (folder: string) => boolean,
): string | undefined {
  for (let folder = start; parent(folder) !== folder && folder !== home; folder = parent(folder)) {
    if (fits(folder)) return folder;
  }
  return undefined;
}

function parent(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 || /^[a-z]:$/i.test(path.slice(0, cut)) ? path.slice(0, cut + 1) : path.slice(0, cut);
}
