import { assert, assertEquals, assertRejects } from "@std/assert";
import { openGitTree } from "../../../lib/cli/compare/git_tree.ts";
import { UsageError } from "../../../lib/errors.ts";
import { openRepository } from "./repository.ts";

const around = {
  signal: new AbortController().signal,
  onForcedEnd: (_act: () => void): Disposable => ({ [Symbol.dispose]: () => {} }),
};

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("git tree: all files of the commit, and nothing of the folder's; it is gone when it is disposed of", async () => {
  using repository = openRepository();
  const job = `${repository.folder}my jobs/job.js`;
  const head = repository.git("rev-parse", "HEAD");
  let folder: string;
  {
    await using tree = await openGitTree(job, "v1", "job.js", around);
    folder = tree.file.slice(0, -"my jobs/job.js".length);
    assertEquals(tree.commit, head);
    assertEquals(Deno.readTextFileSync(tree.file), Deno.readTextFileSync(job));
    assertEquals(Deno.readTextFileSync(`${folder}lib/steps.js`), "export const steps = 100_000;\n");
    assertEquals(Deno.readTextFileSync(`${folder}data/offset.txt`), "0"); // though export-ignore names it
    assert(Deno.statSync(`${folder}.git`).isDirectory); // so that it is a project, like the repository
  }
  assert(!exists(folder) && !exists(folder.replace(/tree\/$/, "")));
});

Deno.test("git tree: the repository stays as it was, with its index and what is staged, and no hook runs", async () => {
  using repository = openRepository();
  repository.write("staged.js", "1");
  repository.git("add", "staged.js");
  repository.write(".git/hooks/post-checkout", "#!/bin/sh\ntouch hooked\n");
  Deno.chmodSync(`${repository.folder}.git/hooks/post-checkout`, 0o755);
  const seen = () => [
    repository.git("status", "--porcelain"),
    repository.git("worktree", "list"),
    [...Deno.readDirSync(`${repository.folder}.git`)].map(({ name }) => name).toSorted(),
    Deno.readFileSync(`${repository.folder}.git/index`),
  ];
  const before = seen();
  await (await openGitTree(`${repository.folder}my jobs/job.js`, "HEAD", "job.js", around))[Symbol.asyncDispose]();
  assertEquals(seen(), before);
});

Deno.test("git tree: a sparse checkout has all files of the commit, too", async () => {
  using repository = openRepository();
  repository.git("checkout", "--quiet", ".");
  repository.git("sparse-checkout", "set", "my jobs");
  assert(!exists(`${repository.folder}lib`));
  await using tree = await openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", around);
  assert(exists(tree.file.replace("my jobs/job.js", "lib/steps.js")));
});

Deno.test("git tree: why there is none, and what to do", async () => {
  using repository = openRepository();
  repository.write("new.js", "");
  const refused = async (file: string, ref: string, message: string) =>
    void await assertRejects(() => openGitTree(`${repository.folder}${file}`, ref, file, around), UsageError, message);
  await refused("my jobs/job.js", "nosuch", "--against nosuch: no such commit; see: git log --oneline");
  await refused("my jobs/job.js", "v1:lib/steps.js", "no such commit");
  await refused("my jobs/job.js", "-x", "expected a commit, a tag or a branch, like main");
  await refused("new.js", "v1", "new.js is not in that commit (");
  repository.git("clone", "--quiet", "--depth=1", `file://${repository.folder}`, "shallow");
  await refused("shallow/my jobs/job.js", "v1~1", "this clone is shallow: fetch the commit first (fetch-depth: 0");
  const alone = Deno.makeTempDirSync();
  try {
    await assertRejects(
      () => openGitTree(`${alone}/job.js`, "main", "job.js", around),
      UsageError,
      "--against main: git has no repository for job.js: not a git repository",
    );
  } finally {
    Deno.removeSync(alone, { recursive: true });
  }
});

Deno.test("git tree: without git there is a sentence, too", async () => {
  using repository = openRepository();
  const env = { PATH: "/nosuch" };
  await assertRejects(
    () => openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", { ...around, env }),
    UsageError,
    "--against main: there is no git on the PATH; install it, or name two files: tandem compare OLD NEW",
  );
});

Deno.test("git tree: in a hook of git, its variables do not lead elsewhere", async () => {
  using repository = openRepository();
  const env = { ...Deno.env.toObject(), GIT_DIR: "/nosuch", GIT_INDEX_FILE: "/nosuch/index", GIT_PREFIX: "lib/" };
  await using tree = await openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", { ...around, env });
  assert(exists(tree.file));
});

Deno.test("git tree: a signal that aborts stops it, and nothing is left", async () => {
  using repository = openRepository();
  const place = Deno.makeTempDirSync();
  try {
    const stop = new AbortController();
    const stopped = { ...around, signal: stop.signal, place };
    const opening = openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", stopped);
    stop.abort(new Error("stopped"));
    await assertRejects(() => opening, Error, "stopped");
    assertEquals([...Deno.readDirSync(place)], []);
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
});

Deno.test("git tree: what is called at a forced end removes it at once, also if it is there no more", async () => {
  using repository = openRepository();
  const place = Deno.makeTempDirSync();
  try {
    const acts = new Set<() => void>();
    const onForcedEnd = (act: () => void) => {
      acts.add(act);
      return { [Symbol.dispose]: () => void acts.delete(act) };
    };
    const open = () =>
      openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", { ...around, onForcedEnd, place });
    await open();
    const [act] = acts;
    act();
    assertEquals([...Deno.readDirSync(place)], []);
    act();
    acts.clear();
    await (await open())[Symbol.asyncDispose]();
    assertEquals([acts.size, [...Deno.readDirSync(place)]], [0, []]);
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
});

Deno.test("git tree: where its files cannot be written, nothing is left, and git says why", async () => {
  using repository = openRepository();
  const place = Deno.makeTempDirSync();
  try {
    const tree = repository.git("rev-parse", "HEAD:lib");
    Deno.removeSync(`${repository.folder}.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`);
    await assertRejects(
      () => openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", { ...around, place }),
      UsageError,
      "--against main: its files cannot be taken from git: ",
    );
    assertEquals([...Deno.readDirSync(place)], []);
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
});
