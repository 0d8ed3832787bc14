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
