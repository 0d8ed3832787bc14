import type { ItemError } from "../../../model/item.ts";

/** Whether a slot's process has a group of its own, with the programs that its job starts. Windows has no such groups. */
export const hasGroups = Deno.build.os !== "windows";

/** Kills a process and the group that it leads, which may be there after its leader has ended. */
export function killWithGroup(leader: Deno.ChildProcess): void {
  killGroup(leader.pid);
  try {
    leader.kill("SIGKILL"); // where there are no groups
  } catch {
    // it has ended
  }
}

/**
 * Kills the group that a process leads. Nothing happens if nobody is in it. A program that has left the group (`setsid`)
 * stays.
 */
export function killGroup(leader: number): void {
  if (!hasGroups) return;
  try {
    Deno.kill(-leader, "SIGKILL");
  } catch {
    // nobody is there
  }
}

/** The error of an item whose process has ended by itself: it passed its memory limit with `usedBytes`, or died. */
export function deathOf(
  status: Pick<Deno.CommandStatus, "code" | "signal">,
  usedBytes: number | undefined,
  memory = 0,
): ItemError {
  if (usedBytes !== undefined) {
    const message = `its process used ${mebibytes(usedBytes)}, the limit is ${mebibytes(memory)}`;
    return { name: "OutOfMemory", message, code: "out-of-memory" };
  }
  const how = status.signal ?? `exit code ${status.code}`;
  return { name: "ProcessDied", message: `its process died (${how})`, code: "lost" };
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
