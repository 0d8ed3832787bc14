import { createHash } from "node:crypto";
import type { CommandLine } from "./commands.ts";

/** How a command went, its time from its start to its end. */
export type Ran = { readonly kind: "ran"; readonly ms: number; readonly lastWords: string } | Failed;

/** Why a command gave no result. */
export interface Failed {
  readonly kind: "failed";
  readonly why: string;
}

/** What a command wrote: how many lines, and their hash. */
export interface Written {
  readonly kind: "written";
  readonly lines: number;
  readonly hash: string;
}

const maxMs = 120_000;

/** Runs a command whose output nobody wants, and takes its time. */
export async function time(command: CommandLine): Promise<Ran> {
  const start = performance.now();
  const child = spawn(command, "null");
  if ("kind" in child) return child;
  const stderr = new Response(child.stderr).text();
  const { success } = await child.status;
  const ms = performance.now() - start;
  const words = await stderr;
  return success ? { kind: "ran", ms, lastWords: words.trim().split("\n").at(-1) ?? "" } : failure(words, ms);
}

/** Runs a command and looks at what it writes; without regard to the order of lines if they are `unordered`. */
export async function read(command: CommandLine, unordered: boolean): Promise<Written | Failed> {
  const start = performance.now();
  const child = spawn(command, "piped");
  if ("kind" in child) return child;
  const stderr = new Response(child.stderr).text();
  const written = await (unordered ? hashSorted(child.stdout) : hash(child.stdout));
  const { success } = await child.status;
  return success ? written : failure(await stderr, performance.now() - start);
}

function spawn([file, ...args]: CommandLine, stdout: "null" | "piped"): Deno.ChildProcess | Failed {
  try {
    const signal = AbortSignal.timeout(maxMs);
    const env = { NO_COLOR: "1" };
    return new Deno.Command(file, { args, env, signal, stdin: "null", stdout, stderr: "piped" }).spawn();
  } catch (error) {
    return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
  }
}

/** What went wrong, in the words of the command: its first line that names an error, or the last. */
function failure(words: string, ms: number): Failed {
  if (ms >= maxMs) return { kind: "failed", why: `not done after ${maxMs / 1000} s` };
  const lines = words.trim().split("\n");
  const why = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
  return { kind: "failed", why: why.trim().slice(0, 100) || "it failed and did not say why" };
}

async function hash(bytes: ReadableStream<Uint8Array>): Promise<Written> {
  const sha256 = createHash("sha256");
  let lines = 0;
  for await (const chunk of bytes) {
    sha256.update(chunk);
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return { kind: "written", lines, hash: sha256.digest("hex") };
}

async function hashSorted(bytes: ReadableStream<Uint8Array>): Promise<Written> {
  const text = await new Response(bytes).text();
  const sorted = text.trimEnd().split("\n").sort().join("\n");
  return await hash(new Blob([sorted, "\n"]).stream());
}
