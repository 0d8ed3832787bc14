const projectFiles = ["deno.json", "deno.jsonc", "package.json", ".git"];

/**
 * The folder that a job may read: the nearest parent folder that contains deno.json, deno.jsonc, package.json or .git, but
 * never the home folder or the root. If there is none, the job's own folder. `isHome` and `exists` are parameters for tests.
 */
export function projectFolder(
  file: string,
  isHome: (folder: string) => boolean,
  exists: (path: string) => boolean,
): string {
  const own = parent(file);
  return nearestFolder(own, isHome, (folder) => projectFiles.some((name) => exists(`${folder}/${name}`))) ?? own;
}

/** The first of a folder and its parents that `fits`, but never the home folder or the root. */
export function nearestFolder(
  start: string,
  isHome: (folder: string) => boolean,
  fits: (folder: string) => boolean,
): string | undefined {
  for (let folder = start; parent(folder) !== folder && !isHome(folder); folder = parent(folder)) {
    if (fits(folder)) return folder;
  }
  return undefined;
}

/** Whether two paths lead to the same folder: HOME may end in a slash, or lead through a symbolic link. Needs to read both. */
export function isSameFolder(folder: string, other: string): boolean {
  if (folder === other) return true;
  try {
    const [one, two] = [Deno.statSync(folder), Deno.statSync(other)];
    return one.ino !== null && one.ino === two.ino && one.dev === two.dev;
  } catch {
    return false;
  }
}

function parent(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 || /^[a-z]:$/i.test(path.slice(0, cut)) ? path.slice(0, cut + 1) : path.slice(0, cut);
}
