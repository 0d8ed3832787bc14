import { openPool } from "../exec/pool.ts";
import { noPermissions, workerHost } from "../exec/worker_host.ts";
import type { ItemError, Outcome } from "../model.ts";
import { readLines } from "./input.ts";
import { findJob } from "./job_file.ts";
import type { Session } from "./session.ts";

/** The values of the command's flags; 0 threads means one for each usable core. */
export interface RunValues {
  readonly threads: number;
  readonly tasks: number;
  readonly input: "json" | "lines";
}

/** `tandem run JOB [FILE...]`: runs the job over the lines; results to stdout in the lines' order, errors to stderr. */
export async function run(values: RunValues, [job, ...files]: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr, stop } = session;
  const { standalone } = Deno.build;
  const { reference, folder } = findJob(job, { standalone, deno: Deno.version.deno });
  const pool = await openPool({
    job: reference,
    name: job,
    threads: values.threads || navigator.hardwareConcurrency,
    tasks: values.tasks,
    host: workerHost({ ...noPermissions, read: [folder] }),
    signal: stop,
  });
  const lines: number[] = []; // of the items whose outcome is not in yet; outcomes come in order
  let succeeded = 0;
  let failed = 0;

  async function fail(line: number, error: ItemError): Promise<void> {
    failed++;
    await stderr.write(`${JSON.stringify({ line, error })}\n`);
  }

  async function* items(): AsyncGenerator<unknown> {
    for await (const { line, text } of readLines(files)) {
      const item = values.input === "lines" ? { value: text } : parse(text);
      if ("error" in item) await fail(line, item.error);
      else {
        lines.push(line);
        yield item.value;
      }
    }
  }

  try {
    for await (const outcome of pool.run(items())) {
      const line = lines.shift() ?? 0;
      const text = encode(outcome);
      if (typeof text !== "string") await fail(line, text);
      else {
        await stdout.write(`${text}\n`);
        succeeded++;
      }
    }
  } finally {
    await pool.close();
  }
  await stderr.write(`${stop.aborted ? "stopped" : "done"}: ${succeeded} ok, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

function parse(text: string): { readonly value: unknown } | { readonly error: ItemError } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { name: "SyntaxError", message: `not JSON: ${message}; for plain text: --input lines` } };
  }
}

/** An outcome's line of output, or why there is none. */
function encode(outcome: Outcome): string | ItemError {
  if (outcome.kind === "error") return outcome.error;
  try {
    return JSON.stringify(outcome.value) ?? "null";
  } catch (error) {
    return { name: "TypeError", message: `the result is not JSON: ${error instanceof Error ? error.message : error}` };
  }
}
