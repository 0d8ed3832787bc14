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

/** What makes a release. Its files have their tests in one folder, and these start programs. */
const releasing = /^\.ci(\/release)?\//;

/**
 * The tests of a file in this copy, in steps: those of its own test files (`X.test.ts` and `X_*.test.ts` of `X.ts`), the others of its folder,
 * with simulated worlds, and last its own that start programs or threads. `alone`: only its own.
 */
export async function testsOf(copy: string, file: string, alone: boolean): Promise<readonly (readonly string[])[]> {
  const path = file.replace(/^lib/, "tests").replace(releasing, "tests/release/").replace(/\.ts$/, "");
  const isOwn = (test: string) => test === `${path}.test.ts` || test.startsWith(`${path}_`);
  let folder = path.slice(0, path.lastIndexOf("/"));
  while (folder !== "tests" && !(await exists(`${copy}/${folder}`))) folder = folder.slice(0, folder.lastIndexOf("/"));
  const isTop = folder === "tests"; // whose folders are not of the file
  const tests = await testFiles(copy, folder, !isTop);
  const own = tests.filter(({ path }) => isOwn(path));
  const others = alone || isTop
    ? []
    : tests.filter(({ path, isQuick }) => (isQuick || releasing.test(file)) && !isOwn(path));
  const worlds = simulated.test(file) && !alone ? ["tests/mutation/worlds.ts"] : [];
  const pathsOf = (tests: readonly TestFile[]) => tests.map(({ path }) => path);
  return [
    pathsOf(own.filter(({ isQuick }) => isQuick)),
    [...pathsOf(others), ...worlds],
    pathsOf(own.filter(({ isQuick }) => !isQuick)),
  ].filter(({ length }) => length > 0);
}

interface TestFile {
  readonly path: string;
  /** It starts no programs and no threads. */
  readonly isQuick: boolean;
}

async function testFiles(copy: string, folder: string, deep: boolean): Promise<TestFile[]> {
  const found: TestFile[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${copy}/${folder}`)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      if (deep) found.push(...await testFiles(copy, path, true));
    } else if (name.endsWith(".test.ts")) {
      found.push({ path, isQuick: !slow.test(await Deno.readTextFile(`${copy}/${path}`)) });
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
