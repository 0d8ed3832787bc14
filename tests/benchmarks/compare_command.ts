import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import type { CompareResult } from "../../lib/model/comparison.ts";
import type { Document } from "../../lib/model/document.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The task `start` without the installation before it: what a user of the sources runs. */
const [, ...start] = config.tasks.start.command.split("&& ")[1].split(" ");

/** Runs `tandem compare --json` from source; an `Error` says what went wrong. */
export async function compare(args: readonly string[]): Promise<CompareResult | Error> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...start, "compare", ...args, "--quiet", "--json"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { success, stdout, stderr } = await command.output();
  if (!success) return new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
  const { result }: Document<"compare"> = JSON.parse(new TextDecoder().decode(stdout));
  return result;
}
