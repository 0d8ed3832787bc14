import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import type { Control, JobComparison } from "../../lib/model/comparison.ts";
import type { Mode } from "../../lib/model/grid.ts";

/** What benchmarks read of the document that `tandem compare --json` writes. */
export interface Compared extends Pick<JobComparison, "modes" | "rounds" | "itemCount"> {
  readonly control: Control;
  readonly advice: { readonly mode: Mode | null; readonly reason: string };
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The task `start` without the installation before it: what a user of the sources runs. */
const [, ...start] = config.tasks.start.command.split("&& ")[1].split(" ");

/** Runs `tandem compare --json` from source; an `Error` says what went wrong. */
export async function compare(args: readonly string[]): Promise<Compared | Error> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...start, "compare", ...args, "--quiet", "--json"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { success, stdout, stderr } = await command.output();
  if (!success) return new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
  const { result } = JSON.parse(new TextDecoder().decode(stdout)) as { readonly result: Compared };
  return result;
}
