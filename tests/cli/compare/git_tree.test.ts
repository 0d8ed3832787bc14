import { assert, assertEquals, assertRejects } from "@std/assert";
import { openGitTree } from "../../../lib/cli/compare/git_tree.ts";
import { UsageError } from "../../../lib/errors.ts";
import { openRepository } from "./repository.ts";

const { signal } = new AbortController();

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
    await using tree = await openGitTree(job, "v1", "job.js", signal);
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
  await (await openGitTree(`${repository.folder}my jobs/job.js`, "HEAD", "job.js", signal))[Symbol.asyncDispose]();
  assertEquals(seen(), before);
});

Deno.test("git tree: a sparse checkout has all files of the commit, too", async () => {
  using repository = openRepository();
  repository.git("checkout", "--quiet", ".");
  repository.git("sparse-checkout", "set", "my jobs");
  assert(!exists(`${repository.folder}lib`));
  await using tree = await openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", signal);
  assert(exists(tree.file.replace("my jobs/job.js", "lib/steps.js")));
});

Deno.test("git tree: why there is none, and what to do", async () => {
  using repository = openRepository();
  repository.write("new.js", "");
  const refused = async (file: string, ref: string, message: string) =>
    void await assertRejects(() => openGitTree(`${repository.folder}${file}`, ref, file, signal), UsageError, message);
  await refused("my jobs/job.js", "nosuch", "--against nosuch: no such commit; see: git log --oneline");
  await refused("my jobs/job.js", "v1:lib/steps.js", "no such commit");
  await refused("my jobs/job.js", "-x", "expected a commit, a tag or a branch, like main");
  await refused("new.js", "v1", "new.js is not in that commit (");
  repository.git("clone", "--quiet", "--depth=1", `file://${repository.folder}`, "shallow");
  await refused("shallow/my jobs/job.js", "v1~1", "this clone is shallow: fetch the commit first (fetch-depth: 0");
  const alone = Deno.makeTempDirSync();
  try {
    await assertRejects(
      () => openGitTree(`${alone}/job.js`, "main", "job.js", signal),
      UsageError,
      "--against main: job.js is in no git repository: not a git repository",
    );
  } finally {
    Deno.removeSync(alone, { recursive: true });
  }
});

Deno.test("git tree: without git there is a sentence, too", async () => {
  using repository = openRepository();
  const path = Deno.env.get("PATH") ?? "";
  Deno.env.set("PATH", "/nosuch");
  try {
    await assertRejects(
      () => openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", signal),
      UsageError,
      "--against main: there is no git on the PATH; install it, or name two files: tandem compare OLD NEW",
    );
  } finally {
    Deno.env.set("PATH", path);
  }
});

Deno.test("git tree: in a hook of git, its variables do not lead elsewhere", async () => {
  using repository = openRepository();
  Deno.env.set("GIT_DIR", "/nosuch");
  try {
    await using tree = await openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", signal);
    assert(exists(tree.file));
  } finally {
    Deno.env.delete("GIT_DIR");
  }
});

Deno.test("git tree: a signal that aborts stops it, and nothing is left", async () => {
  using repository = openRepository();
  const place = Deno.makeTempDirSync();
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", place);
  try {
    const stop = new AbortController();
    const opening = openGitTree(`${repository.folder}my jobs/job.js`, "main", "job.js", stop.signal);
    stop.abort(new Error("stopped"));
    await assertRejects(() => opening, Error, "stopped");
    assertEquals([...Deno.readDirSync(place)], []);
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    Deno.removeSync(place, { recursive: true });
  }
});
