import { fileURLToPath } from "node:url";
import { compare } from "../compare_command.ts";

/** Something that takes the time of the work. */
export interface Timer {
  readonly name: string;
  /** Why it cannot be used here. */
  missing(): Promise<string | undefined>;
  /** One sample, in milliseconds. */
  sample(): Promise<number>;
}

const programs = new URL("programs/", import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, programs));
const benchmarks = fileURLToPath(new URL("../../", programs));
const deno = Deno.execPath();
const flags = ["run", "--frozen", "--cached-only", "--no-prompt"];

/** All measure the same function of the same module, under the same Deno. */
export const timers: readonly Timer[] = [
  {
    name: "tandem compare, serial",
    missing: () => Promise.resolve(undefined),
    async sample() {
      // One round, so that the others have their turns in between; nothing would be cut by so long a time.
      const found = await compare([
        path("work.js"),
        `--allow-read=${benchmarks}`,
        "--count",
        "1",
        "--rounds",
        "1",
        "--max-time",
        "10m",
      ]);
      if (found instanceof Error) throw found;
      return found.modes[0].samples[0].elapsedMs;
    },
  },
  {
    name: "hyperfine",
    missing: () => failure(["hyperfine", "--version"], "no hyperfine: in Debian, apt-get install hyperfine"),
    async sample() {
      return await hyperfine("whole.js") - await hyperfine("nothing.js");
    },
  },
  {
    name: "mitata",
    missing: () => failure([deno, "install", "--frozen", "--quiet"], "mitata cannot be had from npm"),
    sample: async () => Number(await run([deno, ...flags, path("mitata.js"), "mitata"])),
  },
];

/** One run of a whole program, in milliseconds. */
async function hyperfine(name: string): Promise<number> {
  const limits = ["--shell=none", "--warmup=0", "--runs=1", "--style=none", "--export-json=/dev/stdout"];
  const command = [deno, ...flags, path(name)].map((word) => `'${word}'`).join(" ");
  const { results: [result] } = JSON.parse(await run(["hyperfine", ...limits, command]));
  return 1000 * result.median;
}

async function run([file, ...args]: readonly string[]): Promise<string> {
  const options: Deno.CommandOptions = { args, cwd: programs, env: { NO_COLOR: "1" }, stdin: "null" };
  const { success, stdout, stderr } = await new Deno.Command(file, options).output();
  if (!success) throw new Error(`${file} failed: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout);
}

async function failure(command: readonly string[], what: string): Promise<string | undefined> {
  try {
    await run(command);
  } catch (error) {
    return `${what} (${error instanceof Error ? error.message : error})`;
  }
}
