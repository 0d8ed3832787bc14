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

/** Folders whose files are also tested in simulated worlds. */
const simulated = /^lib\/exec\/(pool|schedule)\//;

/** In a test file that starts programs or threads: those take long, and a machine that is busy can make them fail. */
const slow = /programs\.ts"|new Deno\.Command|workerHost|processHost/;

/**
 * The tests of a file, in two steps: those of its own test file, if there is one, and the others of its folder that start no
 * programs and no threads, with simulated worlds. Its own comes last if it starts some. `alone`: only its own.
 */
export async function testsOf(file: string, alone: boolean): Promise<readonly (readonly string[])[]> {
  const path = file.replace(/^lib/, "tests").replace(/\.ts$/, ".test.ts");
  const own = await exists(path) ? [path] : [];
  let folder = path.slice(0, path.lastIndexOf("/"));
  while (folder !== "tests" && !(await exists(folder))) folder = folder.slice(0, folder.lastIndexOf("/"));
  const others = alone || folder === "tests" ? [] : (await quickTests(folder)).filter((other) => other !== path);
  const worlds = simulated.test(file) && !alone ? ["tests/mutation/worlds.ts"] : [];
  const isQuick = own.length > 0 && !slow.test(await Deno.readTextFile(path));
  const beside = [...others, ...worlds];
  const steps = isQuick ? [own, beside] : [beside, own];
  return steps.filter(({ length }) => length > 0);
}

/** Test files that start no programs and no threads. */
async function quickTests(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await quickTests(path));
    else if (name.endsWith(".test.ts") && !slow.test(await Deno.readTextFile(path))) found.push(path);
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
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    const { success } = await child.status;
    clearTimeout(timer);
    if (!success) return true;
  }
  return false;
}
