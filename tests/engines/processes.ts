/** Processes of a machine of Linux, and how those of a daemon end with it. */

/** A process that has not ended. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its program's name, as the kernel has it. */
  readonly name: string;
  /** `NAME=VALUE` of each variable it was started with; empty if it is another user's, or has written over them. */
  readonly variables: readonly string[];
}

/** All processes. */
export function processes(): Process[] {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).flatMap(({ name }) => {
    // its name is in parentheses and may have any character: proc_pid_stat(5)
    const [, called, state, parent] = /^\d+ \((.*)\) (\w) (\d+) /s.exec(textOf(`/proc/${name}/stat`)) ?? [];
    if (state === undefined || state === "Z" || state === "X") return [];
    const variables = textOf(`/proc/${name}/environ`).split("\0").filter((one) => one !== "");
    return [{ pid: Number(name), parent: Number(parent), name: called, variables }];
  });
}

/** These processes and all that they have started, parents first. */
export function withDescendants(found: readonly Process[], all: readonly Process[]): Process[] {
  const tree = new Set(found);
  for (const { pid } of tree) all.filter(({ parent }) => parent === pid).forEach((child) => tree.add(child));
  return [...tree];
}

/** Kills what `find` finds, in its order, until there is nothing left of it. */
export async function killAll(find: () => readonly Process[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const { pid } of left) kill(pid);
    await new Promise((resolve) => setTimeout(resolve, 5)); // a killed process ends when the kernel comes to it
  }
}

/** Kills a child and the processes that it has started and not let go, and waits for their end. */
export async function killTree(child: Deno.ChildProcess): Promise<void> {
  const all = processes();
  const tree = new Set(withDescendants(all.filter(({ pid }) => pid === child.pid), all).map(({ pid }) => pid));
  await killAll(() => processes().filter(({ pid }) => tree.has(pid)));
  await child.status;
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** What a file has; "" if its process has ended, or is another user's. */
function textOf(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
