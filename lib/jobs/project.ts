const projectFiles = ["deno.json", "deno.jsonc", "package.json", ".git"];

/**
 * The folder that a job may read: the nearest parent folder that contains deno.json, deno.jsonc, package.json or .git, but
 * never the home folder or the root. If there is none, the job's own folder. `exists` is a parameter for tests.
 */
export function projectFolder(file: string, home: string | undefined, exists: (path: string) => boolean): string {
  const own = parent(file);
  for (let folder = own; parent(folder) !== folder && folder !== home; folder = parent(folder)) {
    if (projectFiles.some((name) => exists(`${folder}/${name}`))) return folder;
  }
  return own;
}

function parent(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 || /^[a-z]:$/i.test(path.slice(0, cut)) ? path.slice(0, cut + 1) : path.slice(0, cut);
}
