/** Other processes, as Linux shows them. Reading /proc needs all permissions in Deno, and none in `cat`. */

/** How many times longer than promised something may take on a machine that does other things too. */
export const busyMachine = 3;

/** The most resident memory that a process has had so far, in MiB. */
export async function peakMebibytes(pid: number): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(await text("cat", `/proc/${pid}/status`)) ?? [];
  if (kibibytes === undefined) throw new Error(`process ${pid} has ended`);
  return Number(kibibytes) / 1024;
}

/** Whether a process is there. One that has ended and waits to be asked how is not. */
export async function isAlive(pid: number): Promise<boolean> {
  const [, state] = /^State:\s*(\w)/m.exec(await text("cat", `/proc/${pid}/status`)) ?? [];
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Resolves when none of the processes is there. */
export async function gone(pids: readonly number[], promisedMs: number): Promise<void> {
  const deadline = performance.now() + promisedMs * busyMachine;
  for (const pid of pids) {
    while (await isAlive(pid)) {
      if (performance.now() > deadline) throw new Error(`process ${pid} is still there`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The processes that a process has started. */
export async function childrenOf(pid: number): Promise<number[]> {
  return (await text("ps", "--ppid", `${pid}`, "-o", "pid=")).split("\n").filter((line) => line !== "").map(Number);
}

/** The processes of a group that are there. */
export async function group(id: number): Promise<string[]> {
  const lines = (await text("ps", "-e", "-o", "pgid=,stat=,args=")).split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith(`${id} `) && !/^\d+\s+[ZX]/.test(line));
}

async function text(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command(program, { args: [...args], stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}
