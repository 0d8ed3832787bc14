import { assertEquals } from "@std/assert";

/** The programs under test: `deno run main.ts`, and the executable if there is one. Each CLI test runs for all of them. */

const root = new URL("../../", import.meta.url);
const rootPath = import.meta.dirname!.replace(/[\\/]tests[\\/]cli$/, "");
const executable = Deno.build.os === "windows" ? "dist/tandem.exe" : "dist/tandem";
const safetyMs = 60_000;

/** One way to start tandem: its arguments go behind `command`. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
}

/** A program that has ended. */
export interface Ended {
  /** Its exit code; 128 and the signal's number if a signal ended it, as a shell has it. */
  readonly code: number;
  /** The signal that ended it. */
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Running {
  readonly pid: number;
  /** Waits until that many lines of stdout are there, and returns them. Fewer at its end. */
  lines(count: number): Promise<string[]>;
  /** What is next on its stdout, lines or not; "" at its end. */
  part(): Promise<string>;
  /** Waits until its stderr has such a text. Rejects if it ends without. */
  said(pattern: RegExp): Promise<void>;
  /** Closes our end of its stdout, as `head` does. */
  closeStdout(): Promise<void>;
  kill(signal: Deno.Signal): void;
  /** Its end; `stdout` has what came after the lines already taken. */
  ended(): Promise<Ended>;
}

/** How a program is started. */
export interface Start {
  /** What it reads from stdin: a text, bytes, or parts that are written as fast as it reads, until it closes stdin. */
  readonly input?:
    | string
    | Uint8Array<ArrayBuffer>
    | Iterable<Uint8Array<ArrayBuffer>>
    | AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Puts the whole command line into another one: a shell, a terminal. */
  readonly wrap?: (command: readonly string[]) => readonly string[];
}

/** All programs there are. */
export const programs: readonly Program[] = [
  {
    name: "deno run main.ts",
    command: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--frozen",
      "--cached-only",
      "--no-prompt",
      "--unstable-lazy-dynamic-imports",
      "--v8-flags=--max-semi-space-size=8",
      "--allow-all", // as the task `start`: the program gives up what the command does not need
      `${rootPath}/main.ts`,
    ],
  },
  ...findExecutable(),
];

/** What cannot be told to an executable: flags of Deno. */
export const isExecutable = ({ name }: Program) => name !== "deno run main.ts";

/** Registers a test once for each program that it is not ignored for. */
export function testEach(
  name: string,
  test: (program: Program) => Promise<void>,
  ignore: boolean | ((program: Program) => boolean) = false,
): void {
  for (const program of programs) {
    const isIgnored = typeof ignore === "boolean" ? ignore : ignore(program);
    Deno.test({ name: `${program.name}: ${name}`, ignore: isIgnored, fn: () => test(program) });
  }
}

/**
 * A program ended by a signal, as a shell sees it. An executable has at least the exit code: on a base of Deno 2.6 it cannot signal
 * itself once it has given up the permission to run programs.
 */
export function assertEndedBy(signal: Deno.Signal, { code, signal: by, stderr }: Ended, program: Program): void {
  assertEquals(code, { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal as string], stderr);
  if (!isExecutable(program)) assertEquals(by, signal, stderr);
}

/** Runs a program to its end. */
export async function run(program: Program, args: readonly string[], start: Start = {}): Promise<Ended> {
  return await spawn(program, args, start).ended();
}

/** Starts a program. It is killed after 60 s. */
export function spawn(program: Program, args: readonly string[], start: Start = {}): Running {
  const { env, input, wrap = (same) => same } = start;
  const [file, ...rest] = wrap([...program.command, ...args]);
  const stdin = input === undefined ? "null" : "piped";
  const child = new Deno.Command(file, { args: rest, env, stdin, stdout: "piped", stderr: "piped" }).spawn();
  const fed = input === undefined ? undefined : feed(child.stdin, input);
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    child.kill("SIGKILL");
  }, safetyMs);
  const stderr = child.stderr.pipeThrough(new TextDecoderStream());
  let heard = "";
  let onHeard = () => {};
  const stderrText = gather(stderr.getReader(), (part) => {
    heard += part;
    onHeard();
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  return {
    pid: child.pid,
    async lines(count) {
      while (buffer.split("\n").length <= count) {
        const { done, value } = await reader.read();
        if (done) break;
        buffer += value;
      }
      const parts = buffer.split("\n");
      buffer = parts.slice(count).join("\n");
      return parts.slice(0, count);
    },
    async part() {
      const taken = buffer || (await reader.read()).value || "";
      buffer = "";
      return taken;
    },
    async said(pattern) {
      const { promise, resolve } = Promise.withResolvers<void>();
      onHeard = () => pattern.test(heard) && resolve();
      onHeard();
      await Promise.race([promise, stderrText]);
      if (!pattern.test(heard)) throw new Error(`${pattern} is not in: ${heard}`);
    },
    closeStdout: () => reader.cancel(),
    kill: (signal) => child.kill(signal),
    async ended() {
      try {
        const [rest, error, status] = await Promise.all([gather(reader), stderrText, child.status, fed]);
        if (killed) throw new Error(`${program.name} ${args.join(" ")} was still running after ${safetyMs} ms: killed`);
        return { code: status.code, signal: status.signal, stdout: buffer + rest, stderr: error };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function feed(stdin: WritableStream<Uint8Array>, input: NonNullable<Start["input"]>): Promise<void> {
  const parts = typeof input === "string" ? [new TextEncoder().encode(input)] : "length" in input ? [input] : input;
  const writer = stdin.getWriter();
  try {
    for await (const part of parts) await writer.write(part);
    await writer.close();
  } catch {
    // the program has closed its stdin, or ended
  }
}

async function gather(reader: ReadableStreamDefaultReader<string>, hear = (_part: string) => {}): Promise<string> {
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    hear(part.value);
  }
  return text;
}

function findExecutable(): Program[] {
  const made = modified(executable);
  if (made === undefined) {
    if (Deno.env.get("TANDEM_EXECUTABLE") === "required") {
      throw new Error(`${executable} is missing: deno task compile`);
    }
    return [];
  }
  for (const source of ["main.ts", "deno.json", ...filesUnder("lib"), ...filesUnder("workers")]) {
    if (source.endsWith(".md")) continue;
    if ((modified(source) ?? 0) > made) {
      throw new Error(`${executable} is older than ${source}: make it again with deno task compile, or delete it`);
    }
  }
  return [{ name: "dist/tandem", command: [`${rootPath}/${executable}`] }];
}

function filesUnder(folder: string): string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, root))].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesUnder(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

function modified(path: string): number | undefined {
  try {
    return Deno.statSync(new URL(path, root)).mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
