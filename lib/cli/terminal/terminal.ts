import type { Clock } from "../../clock.ts";
import type { GroupLimits } from "../../control_group.ts";
import type { Style } from "../../report/style.ts";
import { droppingOutput, type Output, output } from "./output.ts";
import type { Call, Session } from "./session.ts";

/** What decides how text looks. */
export interface Surroundings {
  readonly terminal: boolean;
  /** Columns of the terminal now, if it says. */
  columns(): number | undefined;
  env(name: string): string | undefined;
}

/** What `--color` may say. */
export type ColorChoice = "auto" | "always" | "never";

/**
 * Decides the look of one stream. Colour: the flag, then `NO_COLOR` (not empty), then `CLICOLOR_FORCE` or `FORCE_COLOR`
 * (not 0), then `CLICOLOR=0`, then whether it is a terminal that is not dumb.
 */
export function decideStyle(choice: ColorChoice, { terminal, columns, env }: Surroundings): Style {
  const fromEnv = Number(env("COLUMNS"));
  const locale = env("LC_ALL") || env("LC_CTYPE") || env("LANG") || "";
  return {
    terminal,
    color: decideColor(choice, terminal, env),
    width: columns() || (Number.isInteger(fromEnv) && fromEnv > 0 ? fromEnv : 80),
    unicode: /utf-?8/i.test(locale) || (locale === "" && Deno.build.os !== "linux"),
  };
}

function decideColor(choice: ColorChoice, terminal: boolean, env: Surroundings["env"]): boolean {
  if (choice !== "auto") return choice === "always";
  if (env("NO_COLOR")) return false;
  if (forced(env("CLICOLOR_FORCE")) || forced(env("FORCE_COLOR"))) return true;
  if (env("CLICOLOR") === "0") return false;
  return terminal && !isDumb(env);
}

/** A terminal that can neither show colours nor move its cursor. */
function isDumb(env: Surroundings["env"]): boolean {
  return env("TERM") === "dumb";
}

/** Columns that a line has now; undefined where it cannot be painted again. A terminal that says none has `width`. */
export function lineColumns({ terminal, columns, env }: Surroundings, width: number): number | undefined {
  return terminal && !isDumb(env) ? columns() ?? width : undefined;
}

function forced(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0";
}

/** The surroundings of a real stream. A variable that may not be read counts as not set. */
export function surroundings(stream: { isTerminal(): boolean }): Surroundings {
  const terminal = stream.isTerminal();
  return { terminal, columns: () => terminal ? terminalColumns() : undefined, env: readVariable };
}

function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined; // not granted
  }
}

function terminalColumns(): number | undefined {
  try {
    return Deno.consoleSize().columns || undefined; // some terminals say 0
  } catch {
    return undefined;
  }
}

/** The longest pause before a file that was not ready is read again, in milliseconds. */
const maxReadyMs = 16;

/**
 * Repeats a read until its file is ready: another program, which shares a pipe or a terminal with us, may have made it
 * non-blocking, and Deno then throws where it should wait. Not for writes: Deno may have written a part, and does not say how much.
 */
export async function untilReady<T>(call: () => Promise<T>, clock: Pick<Clock, "wait">): Promise<T> {
  for (let ms = 1;; ms = Math.min(2 * ms, maxReadyMs)) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
    }
    await clock.wait(ms).done;
  }
}

/** What surrounds a command in this process: its streams, clock, cores and permissions. Its machine: see machineReader; its end: see Stop. */
export function processSession(
  call: Call,
  color: ColorChoice,
  stop: AbortSignal,
  clock: Clock,
): Omit<Session, "machine" | "onForcedEnd"> {
  const early = [0, 1].map(earlyFacts);
  return {
    stdin: {
      read: (into) => untilReady(() => Deno.stdin.read(into), clock),
      length: lengthLeft(early[0]),
      terminal: Deno.stdin.isTerminal(),
    },
    stdout: openOutput(Deno.stdout, "stdout", color),
    stdoutPlace: { length: () => lengthOf(factsOf(1)), cut: (length) => fs().ftruncateSync(1, length) },
    identity: (descriptor) => identityOf(early[descriptor] ?? factsOf(descriptor)),
    stderr: droppingOutput(openOutput(Deno.stderr, "stderr", color)), // only the reader of the results can end the program
    stop,
    call,
    clock,
    random: Math.random,
    began: { at: new Date(performance.timeOrigin), ms: 0 }, // the origin of `performance.now`, and so of the clock
    home: homeFolder(),
    stepSummary: readVariable("GITHUB_STEP_SUMMARY") || undefined,
    variable: readVariable,
    cores: navigator.hardwareConcurrency,
    runtime: { standalone: Deno.build.standalone, deno: Deno.version.deno },
    query: (permission) => Deno.permissions.querySync(permission),
  };
}

/** What describes the machine, for a command that has the permission `sys`. `limits`: those of a container. */
export function machineReader(limits: GroupLimits | undefined): Session["machine"] {
  return async () => (await import("../../bench/machine.ts")).readMachine(limits); // node:os takes 5 ms
}

/** HOME, and where that is not set, as for some services, what the system's list of users says. */
function homeFolder(): string | undefined {
  const named = readVariable(Deno.build.os === "windows" ? "USERPROFILE" : "HOME");
  if (named) return named;
  const mayAsk = Deno.permissions.querySync({ name: "sys", kind: "homedir" }).state === "granted";
  return mayAsk ? globalThis.process.getBuiltinModule("node:os").homedir() || undefined : undefined;
}

/** What Node does with a file descriptor needs no permission, and Deno has no such functions; loading it takes 20 ms. */
const fs = () => globalThis.process.getBuiltinModule("node:fs");

/** What is known of a file. */
type FileFacts = Pick<Deno.FileInfo, "isFile" | "dev" | "ino" | "size">;

/**
 * Which file a descriptor is of. Linux tells it by a path as long as the program has all permissions, which is now, and without
 * Node's file system, which takes 17 ms to load.
 */
function earlyFacts(descriptor: number): FileFacts | undefined {
  try {
    return Deno.statSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined; // another system, or not allowed
  }
}

/** The same on any system and at any time. */
function factsOf(descriptor: number): FileFacts | undefined {
  try {
    const info = fs().fstatSync(descriptor);
    return { isFile: info.isFile(), dev: info.dev, ino: info.ino, size: info.size };
  } catch {
    return undefined;
  }
}

function identityOf(facts: FileFacts | undefined): ReturnType<Session["identity"]> {
  return facts?.isFile && facts.ino !== null ? { dev: facts.dev, ino: facts.ino } : null;
}

function lengthOf(facts: FileFacts | undefined): number | null {
  return facts?.isFile ? facts.size : null;
}

/**
 * How many bytes of stdin are left: another program may have read some, as in `(read first; tandem run job.js) < file`. null if it
 * is not a regular file, or the system does not tell. Needs all permissions, as it has now.
 */
function lengthLeft(stdin: FileFacts | undefined): number | null {
  try {
    if (Deno.build.os === "darwin") {
      using same = Deno.openSync("/dev/fd/0"); // not the file anew, as on Linux: with the position of stdin
      return lengthFrom(same.statSync(), same.seekSync(0, Deno.SeekMode.Current));
    }
    if (!stdin?.isFile) return null;
    const [, position] = /^pos:\s*(\d+)/.exec(Deno.readTextFileSync("/proc/self/fdinfo/0"))!;
    return lengthFrom(stdin, Number(position));
  } catch {
    return null;
  }
}

function lengthFrom({ isFile, size }: FileFacts, position: number): number | null {
  return isFile ? Math.max(0, size - position) : null;
}

/** One of the process's streams, with the style that suits it. */
export function openOutput(
  stream: typeof Deno.stdout | typeof Deno.stderr,
  name: string,
  color: ColorChoice,
): Output {
  const around = surroundings(stream);
  const style = decideStyle(color, around);
  return output(stream, name, style, () => lineColumns(around, style.width));
}
