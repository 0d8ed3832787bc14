const projectFiles = ["deno.json", "deno.jsonc", "package.json", ".git"];

/**
 * The folder that a job may read: the nearest parent folder that contains deno.json, deno.jsonc, package.json or .git, else the
 * job's own folder; but never the root, nor one that `isPrivate`. Undefined if nothing is left. `exists` is a parameter for tests.
 */
export function projectFolder(
  file: string,
  isPrivate: (folder: string) => boolean,
  exists: (path: string) => boolean,
): string | undefined {
  const own = parent(file);
  return nearestFolder(own, isPrivate, (folder) => projectFiles.some((name) => exists(`${folder}/${name}`))) ??
    nearestFolder(own, isPrivate, () => true);
}

/** The first of a folder and its parents that `fits`, below the root and all that `isPrivate`. */
export function nearestFolder(
  start: string,
  isPrivate: (folder: string) => boolean,
  fits: (folder: string) => boolean,
): string | undefined {
  for (let folder = start; parent(folder) !== folder && !isPrivate(folder); folder = parent(folder)) {
    if (fits(folder)) return folder;
  }
  return undefined;
}

/**
 * Tells the folders that are no project: the home folder, and all that it is in. They are told by their device and inode, as
 * HOME may end in a slash, or lead through a symbolic link. Needs to read them.
 */
export function homeGuard(home: string | undefined): (folder: string) => boolean {
  if (!home) return () => false;
  let guarded: Set<string> | undefined;
  return (folder) => {
    guarded ??= new Set(whereIs(home).map(identity));
    return guarded.has(identity(folder));
  };
}

/** A folder and all that it is in; nothing if it is not there. */
function whereIs(folder: string): string[] {
  try {
    return upwards(Deno.realPathSync(folder));
  } catch {
    return [];
  }
}

function upwards(folder: string): string[] {
  const above = parent(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

/** The same for two paths of one folder. A path where the system has no inodes, or the folder cannot be seen. */
function identity(folder: string): string {
  try {
    const { dev, ino } = Deno.statSync(folder);
    return ino === null ? folder : `${dev}:${ino}`;
  } catch {
    return folder;
  }
}

function parent(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 || /^[a-z]:$/i.test(path.slice(0, cut)) ? path.slice(0, cut + 1) : path.slice(0, cut);
}
