/** A run that is big enough to be shared out, and what one machine makes of it. */
import { type Program, programs } from "../cli/programs.ts";

/** How many lines the input has that are not blank, how many shards share them, and the one shard that has items which fail. */
export const [lines, shards, failingShard] = [100_000, 8, 3];

/** Flags of the run, for one machine and for many. */
const runFlags = ["--threads", "1", "--tasks", "20", "--allow-net=127.0.0.1"] as const;

/** The program under test: the executable if there is one, as it is what is put on the machines of a cluster. */
const program: Program = programs[programs.length - 1];

/**
 * Writes the folder's `job.js` and `items`, and `bin/tandem`. In each shard one item, in the middle, waits for the gate: while that is
 * closed, no shard ends, but each begins to write.
 */
export async function writeRun(folder: string, gate: string): Promise<void> {
  const items = Array.from({ length: lines }, (_, i) => {
    const isGated = Math.floor(i / shards) === Math.floor(lines / shards / 2);
    const fails = i % (shards * 100) === failingShard;
    const line = `${JSON.stringify({ n: i + 1, ...isGated && { gate }, ...fails && { fails } })}\n`;
    return i % 12_345 === 7 ? `\n${line}` : line; // blank lines are in no shard
  });
  await Deno.writeTextFile(`${folder}/items`, items.join(""));
  await Deno.copyFile(new URL("gated_job.js", import.meta.url), `${folder}/job.js`);
  await writeTandem(folder);
}

/** Writes the folder's `bin/tandem`. */
export async function writeTandem(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/bin`);
  const words = program.command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  await Deno.writeTextFile(`${folder}/bin/tandem`, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/** What one machine writes, while the gate is open. */
export async function oneMachine(folder: string): Promise<string> {
  const flags = [...runFlags, "--errors=inline", "--quiet"];
  return await outputOf(folder, ["run", "job.js", ...flags, "items"], 1);
}

/** What `tandem engine` prints for the run. */
export async function engineScript(folder: string, engine: string, ...flags: readonly string[]): Promise<string> {
  const args = ["engine", engine, "job.js", "items", "--shards", `${shards}`, ...flags, "--", ...runFlags];
  return await outputOf(folder, args, 0);
}

async function outputOf(folder: string, args: readonly string[], expected: number): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(`${folder}/bin/tandem`, { args: [...args], cwd: folder })
    .output();
  const [output, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (code !== expected) throw new Error(`tandem ${args.join(" ")}: exit ${code}, expected ${expected}: ${error}`);
  return output;
}

/** How a shard's journal says it stands. */
export function progressOf(
  folder: string,
  shard: number,
): { readonly hasEntries: boolean; readonly begun: readonly string[] } {
  let text = "";
  try {
    text = Deno.readTextFileSync(`${folder}/tandem-${shard}.journal`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const begun = [...text.matchAll(/^\{"begun":"(\w+)"/gm)].map(([, kind]) => kind);
  return { hasEntries: text.includes('\n{"done":'), begun };
}
