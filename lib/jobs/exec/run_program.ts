import { after } from "../../clock.ts";
import { systemReason } from "../../errors.ts";
import { kill } from "../../natives.ts";
import { ErrorLines, joined } from "./error_lines.ts";

/** How a program is run. */
export interface ProgramOptions {
  /** Ends it, with the programs that it has started. */
  readonly signal: AbortSignal;
  /** It is ended once it has written more than this to stdout, in bytes. */
  readonly maxBytes: number;
  /** Called with whole lines of its stderr. */
  readonly writeError: (lines: Uint8Array) => void;
}

/** A program that has ended. */
export interface Ended {
  readonly status: Deno.CommandStatus;
  /** What it wrote to stdout; more than `maxBytes` if it wrote too much. */
  readonly stdout: Uint8Array;
  /** The first line of its stderr. */
  readonly firstError: string;
}

/** From SIGTERM to SIGKILL, in milliseconds: as long as GNU parallel waits in all (`--termseq`). */
const killMs = 350;

/** Windows has no process groups: there only the program itself is ended. */
const hasGroups = Deno.build.os !== "windows";

/**
 * Runs a program until it has ended and its output is closed, as a shell does for `$(...)`. It reads nothing, and leads a
 * process group: where it is ended from outside, so is what it has started, unless that has left the group.
 *
 * @throws {Error} with the name StartError: it could not be started
 * @throws the signal's reason: it has been ended for that
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, maxBytes, writeError }: ProgramOptions,
): Promise<Ended> {
  signal.throwIfAborted();
  const child = start(program, args);
  const [output, errors] = [child.stdout.getReader(), child.stderr.getReader()];
  let over = false;
  const killAll = () => {
    if (over) return; // the number of its group may be another's by now
    signalGroup(child, "SIGKILL");
    void output.cancel(); // a program that has left the group may keep them open
    void errors.cancel();
  };
  const end = () => {
    signalGroup(child, "SIGTERM");
    after(killMs, killAll);
  };
  signal.addEventListener("abort", end);
  try {
    const lines = new ErrorLines(writeError);
    const [stdout, status] = await Promise.all([
      readUpTo(maxBytes, output, killAll),
      child.status,
      passOn(errors, lines),
    ]);
    if (signal.aborted) {
      killAll(); // what has closed its output, and is in the group still
      throw signal.reason;
    }
    return { status, stdout, firstError: lines.first };
  } finally {
    over = true;
    signal.removeEventListener("abort", end);
  }
}

function start(program: string, args: readonly string[]): Deno.ChildProcess {
  const piped = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
  try {
    return new Deno.Command(program, { args: [...args], ...piped, detached: hasGroups }).spawn();
  } catch (error) {
    throw Object.assign(new Error(`cannot start ${program}: ${systemReason(error)}`), { name: "StartError" });
  }
}

/** To a program and all of its group. */
function signalGroup(child: Deno.ChildProcess, name: "SIGTERM" | "SIGKILL"): void {
  try {
    if (hasGroups) kill()(-child.pid, name);
    else child.kill(name);
  } catch {
    // nobody is there
  }
}

/** Reads all; or, if that is more than `maxBytes`, some more than that. */
async function readUpTo(
  maxBytes: number,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onMore: () => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    length += read.value.length;
    if (length <= maxBytes) continue;
    onMore();
    break;
  }
  return joined(chunks);
}

async function passOn(reader: ReadableStreamDefaultReader<Uint8Array>, lines: ErrorLines): Promise<void> {
  for (let read = await reader.read(); !read.done; read = await reader.read()) lines.add(read.value);
  lines.end();
}
