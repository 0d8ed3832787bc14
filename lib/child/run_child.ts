import { TextLineStream } from "@std/streams";
import { systemReason } from "../errors.ts";
import { ownProgram, type ProgramStart } from "../own_program.ts";
import { childArgument } from "../program_arguments.ts";
import type { ChildMessage, ChildTask } from "./wire.ts";

/** How a child ended. `said`: the beginning and the end of what it wrote besides its reports. */
export type ChildEnd =
  /** Its measurement was over. */
  | { readonly kind: "done" }
  /** A signal that we did not send ended it: the kernel's when memory runs out, or that of a crash. */
  | { readonly kind: "killed"; readonly signal: string; readonly said: string }
  /** It ended by itself before its measurement was over. `code` is null if it could not be started. */
  | { readonly kind: "failed"; readonly code: number | null; readonly said: string }
  /** We stopped it: by the signal, or because a report was enough. */
  | { readonly kind: "stopped" };

/** How a child is run. `R`: what its measurement reports. */
export interface ChildOptions<R> {
  /** Its abort kills the child. */
  readonly signal?: AbortSignal;
  /** Takes a report; "enough" kills the child. The next report is read when this is over. */
  readonly onReport?: (report: R) => "enough" | void | Promise<"enough" | void>;
  /** Put before the command line, as in `["taskset", "-c", "0"]`. */
  readonly prefix?: readonly string[];
  /** What to start: by default our own program as a child. */
  readonly start?: ProgramStart;
}

/**
 * Runs a measurement in a fresh process of our own program, whose memory is then its own. Nothing that happens to the child is
 * an error here: its end says it. Needs the permissions `run` and `read`.
 */
export async function runChild<R>(name: string, input: unknown, options: ChildOptions<R> = {}): Promise<ChildEnd> {
  const { signal, prefix = [], start = ownProgram(childArgument) } = options;
  if (signal?.aborted) return { kind: "stopped" };
  let child: Deno.ChildProcess;
  try {
    child = spawn([...prefix, start.program, ...start.args]);
  } catch (error) {
    return { kind: "failed", code: null, said: systemReason(error) };
  }
  const killed = new AbortController();
  const stop = () => {
    killed.abort();
    kill(child);
  };
  signal?.addEventListener("abort", stop);
  try {
    const said = new Excerpt();
    const heard = hear(child.stderr, (line) => said.add(line));
    const stdin = await give(child.stdin, { name, input });
    const how = await takeReports(child.stdout, options, killed.signal, said);
    if (how !== "ended") kill(child);
    const { code, signal: by } = await child.status;
    await Promise.all([heard, stdin.close().catch(() => {})]);
    if (how === "done") return { kind: "done" };
    if (how === "enough" || killed.signal.aborted) return { kind: "stopped" };
    if (by !== null) return { kind: "killed", signal: by, said: said.text };
    return { kind: "failed", code, said: said.text };
  } finally {
    signal?.removeEventListener("abort", stop);
    kill(child);
  }
}

function spawn([program, ...args]: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(program, { args, env: { NO_COLOR: "1" }, stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // it has ended
  }
}

/** Writes the task; the writer stays open, because its end would be the child's. */
async function give(stdin: WritableStream<Uint8Array>, task: ChildTask) {
  const writer = stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify(task)}\n`)).catch(() => {}); // its end says why
  return writer;
}

/** Takes reports until the measurement is over, a report is enough, or the child has ended. */
async function takeReports<R>(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
  { onReport }: ChildOptions<R>,
  killed: AbortSignal,
  said: Excerpt,
): Promise<"done" | "enough" | "ended"> {
  for await (const line of linesOf(stdout)) {
    const message = parseMessage(line);
    if (killed.aborted) continue;
    if (message === undefined) said.add(line); // V8 writes there when it gives up
    else if ("done" in message) return "done";
    else if (await onReport?.(message.report as R) === "enough") return "enough";
  }
  return "ended";
}

function parseMessage(line: string): ChildMessage | undefined {
  try {
    return line.startsWith("{") ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}

async function hear(stream: ReadableStream<Uint8Array<ArrayBuffer>>, take: (line: string) => void): Promise<void> {
  for await (const line of linesOf(stream)) take(line);
}

function linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<string> {
  return stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
}

/** The first and the last lines of a text that may be long. */
class Excerpt {
  readonly #first: string[] = [];
  readonly #last: string[] = [];

  add(line: string): void {
    const lines = this.#first.length < 10 ? this.#first : this.#last;
    lines.push(line.slice(0, 500));
    if (this.#last.length > 10) this.#last.shift();
  }

  get text(): string {
    return [...this.#first, ...this.#last].join("\n");
  }
}
