import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import type { CompareResult } from "../../lib/model/comparison.ts";
import type { DiffResult } from "../../lib/model/diff.ts";
import type { Document } from "../../lib/model/document.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The task `start` without the installation before it: what a user of the sources runs. */
const [, ...start] = config.tasks.start.command.split("&& ")[1].split(" ");

/** Runs `tandem compare --json` from source; an `Error` says what went wrong. */
export async function compare(args: readonly string[]): Promise<CompareResult | Error> {
  return await resultOf("compare", [...args, "--quiet"]);
}

/** Runs `tandem diff --json` from source. */
export async function diff(args: readonly string[]): Promise<DiffResult | Error> {
  return await resultOf("diff", args);
}

async function resultOf<C extends "compare" | "diff">(
  command: C,
  args: readonly string[],
): Promise<Document<C>["result"] | Error> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...start, command, ...args, "--json"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (!success) return new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
  const { result }: Document<C> = JSON.parse(new TextDecoder().decode(stdout));
  return result;
}
