/** A run that is big enough to be shared out, and what one machine makes of it. */
import { type Program, programs, run } from "../cli/programs.ts";

/** How many lines the input has, and how many shards share them. */
export const [lines, shards] = [100_000, 8];

/** Flags of the run, for one machine and for many. */
export const runFlags = ["--errors", "inline", "--threads", "1", "--tasks", "20", "--allow-net=127.0.0.1"] as const;

/** The program under test: the executable if there is one, as it is what is put on the machines of a cluster. */
const program: Program = programs[programs.length - 1];

/**
 * Writes the folder's `job.js` and `items`, and `bin/tandem`. Of each shard, the item in its middle waits for the gate, so that no
 * shard ends while the gate is closed, and each has begun to write.
 */
export async function writeRun(folder: string, gate: string): Promise<void> {
  const items = Array.from({ length: lines }, (_, i) => {
    if (i % 12_345 === 7) return "\n"; // a blank line
    const isGated = Math.floor(i / shards) === Math.floor(lines / shards / 2);
    return `${JSON.stringify({ n: i + 1, ...isGated && { gate } })}\n`;
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
  const args = ["run", `${folder}/job.js`, ...runFlags, "--quiet", `${folder}/items`];
  const { code, stdout, stderr } = await run(program, args);
  if (code !== 1) throw new Error(`exit ${code}, and some items fail: 1 was expected: ${stderr}`);
  return stdout;
}

/** What gather makes of the shards' outputs: what one machine would have written. */
export async function gathered(folder: string, outputs: readonly string[]): Promise<string> {
  const paths = [`${folder}/items`, ...outputs.map((output) => `${folder}/${output}`)];
  const { code, stdout, stderr } = await run(program, ["gather", "--untag", "--quiet", "--items", ...paths]);
  if (code !== 0) throw new Error(`gather: exit ${code}: ${stderr}`);
  return stdout;
}

/** How a shard's journal says it stands. */
export function progressOf(journal: string): { readonly hasEntries: boolean; readonly begun: readonly string[] } {
  let text = "";
  try {
    text = Deno.readTextFileSync(journal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const begun = [...text.matchAll(/^\{"begun":"(\w+)"/gm)].map(([, kind]) => kind);
  return { hasEntries: text.includes('\n{"done":'), begun };
}
