import type { Program } from "../programs.ts";

/** A run over a file into a file, in a folder of its own. */
export interface FileRun {
  readonly program: Program;
  /** The job and its flags. */
  readonly args: readonly string[];
  /** Has the file `input`; `output` and `journal` come to be there. */
  readonly folder: string;
}

/** How a run ended: its exit code as a shell has it, null if it was killed by SIGKILL. */
export interface FileRunEnd {
  readonly code: number | null;
  readonly stderr: string;
}

/** When a run is killed: after that many milliseconds, or when a file of its folder is there and that long. */
export type KillAt = number | { readonly file: string; readonly bytes: number };

/**
 * Runs a program with the folder's `input` as its stdin and its stdout appended to `output`; kills it at that point.
 */
export async function runOverFiles(
  { program, args, folder }: FileRun,
  journalArgs: readonly string[],
  killAt?: KillAt,
  killSignal: Deno.Signal = "SIGKILL",
): Promise<FileRunEnd> {
  const command = 'cd "$1" && shift && exec "$@" < input >> output';
  const child = new Deno.Command("sh", {
    args: ["-c", command, "sh", folder, ...program.command, "run", ...args, ...journalArgs],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const kill = () => {
    try {
      child.kill(killSignal);
    } catch {
      // it has just ended
    }
  };
  const timer = setTimeout(kill, typeof killAt === "number" ? killAt : 60_000);
  using watcher = Deno.watchFs(folder);
  if (typeof killAt === "object") void whenLong(watcher, `${folder}/${killAt.file}`, killAt.bytes).then(kill, () => {});
  const { code, signal, stderr } = await child.output();
  clearTimeout(timer);
  return { code: signal === "SIGKILL" ? null : code, stderr: new TextDecoder().decode(stderr) };
}

/** Resolves when a file of the watched folder has so many bytes; rejects if the watcher is closed before. */
async function whenLong(watcher: Deno.FsWatcher, path: string, bytes: number): Promise<void> {
  for await (const _ of watcher) {
    if (isThere(path) && Deno.statSync(path).size >= bytes) return;
  }
  throw new Error("closed");
}

/** How a run that was killed goes on: with the flag that only does that, or with the same command line. */
export const goOnFlags = ["--resume", "--journal"] as const;

/** Begins a run with the folder's `journal`, or goes on with it. */
export function goOn(run: FileRun, flag: typeof goOnFlags[number], killAt?: KillAt): Promise<FileRunEnd> {
  return runOverFiles(run, [isThere(`${run.folder}/journal`) ? flag : "--journal", "journal"], killAt);
}

/** Begins a run, kills it again and again after these times, and lets it come to its end. Returns the last end, and how often it was killed. */
export async function runKilled(
  run: FileRun,
  flag: typeof goOnFlags[number],
  killAfterMs: readonly number[],
): Promise<FileRunEnd & { kills: number }> {
  let end: FileRunEnd = { code: null, stderr: "" };
  let kills = 0;
  for (const ms of [...killAfterMs, undefined]) {
    end = await goOn(run, flag, ms);
    if (end.code === null) kills++;
    if (end.code === 2) break;
  }
  return { ...end, kills };
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

/** Lines for the jobs of the fixtures, with some that are blank and some that are no JSON. */
export function numberedLines(count: number): string {
  return Array.from({ length: count }, (_, n) => n % 50 === 7 ? " \n" : n % 101 === 5 ? "not json\n" : `{"n":${n}}\n`)
    .join("");
}
