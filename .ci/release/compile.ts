import { v8Flag } from "../../lib/own_program.ts";

/** Why there is no executable for a target. */
export interface Refused {
  readonly refused: string;
}

/** The arguments of `deno compile` in the compile task of deno.json, but for `--output` and its file. */
export function compileArguments(task: string): readonly string[] {
  const [, words = ""] = /deno compile (.*?) \|\| /.exec(task) ?? [];
  const args = words.replace(/--output \S+ /, "").split(" ");
  if (!args.includes(v8Flag)) throw new Error("deno.json: the compile task is not as expected");
  return args;
}

/**
 * Makes an executable for a target. Deno downloads its base, or has it in its cache. `DENORT_BIN` is not passed on: Deno would take
 * that file as the base of every target.
 */
export async function compile(
  args: readonly string[],
  target: string,
  output: string,
  { DENORT_BIN: _, ...env }: Readonly<Record<string, string>> = Deno.env.toObject(),
): Promise<Refused | undefined> {
  const made = await new Deno.Command(Deno.execPath(), {
    args: ["compile", "--target", target, "--output", output, ...args],
    clearEnv: true,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return made.success ? undefined : { refused: reasonOf(new TextDecoder().decode(made.stderr)) };
}

/** What of Deno's message says why: its causes, or else its first error. */
export function reasonOf(stderr: string): string {
  const causes = [...stderr.matchAll(/^ +\d+: (.*)$/gm)].map(([, cause]) => cause).filter((cause) =>
    cause !== "<unknown>"
  );
  if (causes.length > 0) return causes.slice(0, 2).join(" ");
  return /^error: (.*)$/m.exec(stderr)?.[1] ?? (stderr.trim() || "Deno said nothing");
}
