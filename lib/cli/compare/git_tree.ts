import { systemReason, UsageError } from "../../errors.ts";
import type { Session } from "../terminal/session.ts";

/** A commit's files in a temporary folder, which disposing removes. */
export interface GitTree extends AsyncDisposable {
  /** The hash of the commit. */
  readonly commit: string;
  /** Where the file is that was asked for. */
  readonly file: string;
}

/** What surrounds it; environment and place are parameters for tests. */
export interface GitSurroundings {
  /** Stops it. */
  readonly signal: AbortSignal;
  /** What the session has: its folder is removed then, too. */
  readonly onForcedEnd: Session["onForcedEnd"];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the temporary folder is made; by default where the system has such folders. */
  readonly place?: string;
}

/** Git's variables that a hook of git sets for its own index and folder. */
const hookVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/**
 * Takes all files of a commit from the repository of `file`, an absolute path, so that what it imports is there too.
 *
 * They are read into an index of its own and checked out from there (git-read-tree, git-checkout-index). The user's index and
 * folder stay as they are, no hook runs, and nothing is written to the repository, as `git worktree add` would do. `git archive`
 * would leave out what `export-ignore` names, change what `export-subst` names, and needs tar.
 *
 * @throws {UsageError} there is no git, no repository, no such commit, or no such file in it; `name` is the user's for the file
 * @throws the signal's reason, if it aborts
 */
export async function openGitTree(
  file: string,
  ref: string,
  name: string,
  { signal, onForcedEnd, env = Deno.env.toObject(), place }: GitSurroundings,
): Promise<GitTree> {
  const [, folder, base] = /^(.*[\\/])([^\\/]*)$/.exec(file) ?? ["", ".", file];
  const git = (cwd: string, ...args: readonly string[]) => runGit(args, { cwd, ref, signal, env });
  if (ref.startsWith("-")) throw refused(ref, "expected a commit, a tag or a branch, like main");
  const top = await git(folder, "rev-parse", "--show-toplevel");
  if (!top.success) throw refused(ref, `git has no repository for ${name}: ${top.reason}; ${nameTwo}`);
  const found = await git(folder, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  if (!found.success) throw refused(ref, await noSuchCommit(() => git(folder, "rev-parse", "--is-shallow-repository")));
  const commit = found.text;
  if (!(await git(folder, "cat-file", "-e", `${commit}:./${base}`)).success) {
    throw refused(ref, `${name} is not in that commit (${commit.slice(0, 10)}); ${nameTwo}`);
  }
  const { text: prefix } = await git(folder, "rev-parse", "--show-prefix");
  const temporary = Deno.makeTempDirSync({ dir: place, prefix: "tandem_" }); // synchronously: it is never there unwatched
  const watched = onForcedEnd(() => removeNow(temporary));
  const remove = async () => {
    await Deno.remove(temporary, { recursive: true });
    watched[Symbol.dispose]();
  };
  try {
    await checkOut(
      commit,
      temporary,
      (...args) => runGit(args, { cwd: top.text, ref, signal, env, index: `${temporary}/index` }),
    );
    return { commit, file: `${temporary}/tree/${prefix}${base}`, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error instanceof GitFailed ? refused(ref, `its files cannot be taken from git: ${error.message}`) : error;
  }
}

/** Removes a folder, which may be in the middle of being removed. */
function removeNow(folder: string): void {
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch {
    // the program ends, and nobody can be told
  }
}

const nameTwo = "name two files instead: tandem compare OLD NEW";

class GitFailed extends Error {}

/** Writes the files to `tree` in the folder. The empty `.git` there tells that it is a project, as the one of the repository does. */
async function checkOut(
  commit: string,
  folder: string,
  git: (...args: readonly string[]) => Promise<Ended>,
): Promise<void> {
  // as they are in the commit: no part of a sparse checkout, no index in several files, no program that watches the folder
  const plain = ["core.sparseCheckout", "core.splitIndex", "core.fsmonitor"].flatMap((key) => ["-c", `${key}=false`]);
  for (const args of [["read-tree", commit], ["checkout-index", "--all", `--prefix=${folder}/tree/`]]) {
    const { success, reason } = await git(...plain, ...args);
    if (!success) throw new GitFailed(reason);
  }
  await Deno.mkdir(`${folder}/tree/.git`, { recursive: true });
}

async function noSuchCommit(isShallow: () => Promise<Ended>): Promise<string> {
  const remedy = (await isShallow()).text === "true"
    ? "this clone is shallow: fetch the commit first (fetch-depth: 0 of actions/checkout)"
    : "see: git log --oneline";
  return `no such commit; ${remedy}`;
}

function refused(ref: string, found: string): UsageError {
  return new UsageError(`--against ${ref}: ${found}`);
}

/** How a git command ended: what it wrote to stdout without the last newline, and why it failed. */
interface Ended {
  readonly success: boolean;
  readonly text: string;
  readonly reason: string;
}

/** `index`: the index to use instead of the repository's. */
async function runGit(
  args: readonly string[],
  { cwd, ref, signal, env, index }: {
    readonly cwd: string;
    readonly ref: string;
    readonly signal: AbortSignal;
    readonly env: Readonly<Record<string, string>>;
    readonly index?: string;
  },
): Promise<Ended> {
  signal.throwIfAborted();
  const kept = Object.entries(env).filter(([name]) => !hookVariables.includes(name));
  const command = new Deno.Command("git", {
    args: [...args],
    cwd,
    env: { ...Object.fromEntries(kept), ...index === undefined ? {} : { GIT_INDEX_FILE: index } },
    clearEnv: true,
    stdin: "null",
    signal,
  });
  const { success, stdout, stderr } = await outputOf(command, ref);
  signal.throwIfAborted();
  const [text, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).replace(/\r?\n$/, ""));
  return { success, text, reason: said.split("\n")[0].replace(/^fatal: /, "") };
}

async function outputOf(command: Deno.Command, ref: string): Promise<Deno.CommandOutput> {
  try {
    return await command.output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw refused(ref, `git cannot be started: ${systemReason(error)}`);
    throw refused(ref, `there is no git on the PATH; install it, or ${nameTwo.replace(" instead", "")}`);
  }
}
