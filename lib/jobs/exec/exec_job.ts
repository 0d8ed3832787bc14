import type { ExecTemplate } from "../../model/exec.ts";
import type { Job, JobContext } from "../job.ts";
import { withNewline } from "./error_lines.ts";
import { argumentFor } from "./replace.ts";
import { type Ended, runProgram } from "./run_program.ts";

/**
 * A command as a job: its exit status is the outcome of the item, and what it writes to stdout the result. What a command that
 * fails has written there goes to stderr: stdout carries results only. Tearing it down waits for all commands.
 */
export function execJob(template: ExecTemplate, writeError: (bytes: Uint8Array) => void = toStderr): Job {
  const { program, args, result, maxResult } = template;
  const places: boolean[] = []; // which are taken
  const running = new Set<Promise<Ended>>();

  async function run(item: unknown, { signal, index }: JobContext): Promise<unknown> {
    const text = textOf(item);
    const free = places.indexOf(false);
    const place = free === -1 ? places.length : free;
    const replaced = args.map((argument) => argumentFor(argument, { text, number: index + 1, place: place + 1 }));
    const ending = runProgram(program, replaced, { signal, maxBytes: maxResult, writeError });
    places[place] = true;
    running.add(ending);
    try {
      return resultOf(await ending);
    } finally {
      places[place] = false;
      running.delete(ending);
    }
  }

  function resultOf({ status, stdout, firstError }: Ended): unknown {
    if (stdout.length > maxResult) return result === "bytes" ? stdout : new TextDecoder().decode(stdout); // is refused
    if (!status.success) {
      if (stdout.length > 0) writeError(withNewline(stdout));
      throw exitError(status, firstError);
    }
    return result === "bytes" ? withNewline(stdout) : result === "text" ? utf8(stdout) : { stdout: utf8(stdout) };
  }

  return {
    run,
    async teardown() {
      await Promise.allSettled(running);
    },
  };
}

/** A text is its own argument; any other value, as `--input json` has it, is one as JSON. */
function textOf(item: unknown): string {
  const text = typeof item === "string" ? item : JSON.stringify(item);
  if (text.includes("\0")) throw new TypeError("the item holds a NUL, which no argument of a program can");
  return text;
}

function exitError({ code, signal }: Deno.CommandStatus, firstError: string): Error {
  const how = signal === null ? `exit status ${code}` : `ended by ${signal}`;
  return Object.assign(new Error(firstError === "" ? how : `${how}: ${firstError}`), { name: "ExitError" });
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TypeError("its stdout is not UTF-8, so JSON cannot hold it");
  }
}

function toStderr(bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stderr.writeSync(bytes.subarray(written));
  } catch {
    // nobody reads it any more
  }
}
