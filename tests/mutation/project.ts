/** What tests do not need of the project. */
const leftOut: ReadonlySet<string> = new Set([".git", ".cache", "coverage", "dist"]);

/** Copies the project to a temporary folder, which the caller removes. */
export async function copyProject(): Promise<string> {
  const to = await Deno.makeTempDir({ prefix: "mutation-" });
  for await (const { name } of Deno.readDir(".")) if (!leftOut.has(name)) await copy(name, `${to}/${name}`);
  return to;
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

/**
 * The tests of a file, in two steps: those of its own test file, if there is one, and the others of its folder that start no
 * programs. `alone`: without the others.
 */
export async function testsOf(file: string, alone: boolean): Promise<readonly (readonly string[])[]> {
  const own = file.replace(/^lib/, "tests").replace(/\.ts$/, ".test.ts");
  let folder = own.slice(0, own.lastIndexOf("/"));
  while (folder !== "tests" && !(await exists(folder))) folder = folder.slice(0, folder.lastIndexOf("/"));
  const others = alone || folder === "tests" ? [] : (await quickTests(folder)).filter((path) => path !== own);
  return [await exists(own) ? [own] : [], others].filter(({ length }) => length > 0);
}

/** Test files that start no programs: those take long, and a machine that is busy can make them fail. */
async function quickTests(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await quickTests(path));
    else if (name.endsWith(".test.ts") && !/programs\.ts"|new Deno\.Command/.test(await Deno.readTextFile(path))) {
      found.push(path);
    }
  }
  return found;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Whether one of the tests fails in this copy, or takes longer than `limitMs`. */
export async function isFailing(
  copy: string,
  steps: readonly (readonly string[])[],
  limitMs: number,
): Promise<boolean> {
  const flags = ["--no-check", "--frozen", "--cached-only", "--no-prompt", "--quiet", "--fail-fast", "--allow-all"];
  for (const files of steps) {
    const args = ["test", ...flags, ...files];
    const child = new Deno.Command(Deno.execPath(), { args, cwd: copy, stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    const timer = setTimeout(() => {
      try {
        child.kill("SIGKILL");
      } catch {
        // it has just ended
      }
    }, limitMs);
    const { success } = await child.status;
    clearTimeout(timer);
    if (!success) return true;
  }
  return false;
}
