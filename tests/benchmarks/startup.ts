/**
 * Start-up: whole commands against an empty program, in runs of shuffled order. Prints medians, and the ratio of each
 * program's median to that of the empty one.
 *
 * Arguments: how many rounds (25), and the folders of other trees of tandem to measure beside this one.
 */
import { median } from "../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../lib/stats/random.ts";

const [rounds = "25", ...others] = Deno.args;
const deno = Deno.execPath();
const folder = await Deno.makeTempDir();
const write = async (name: string, text: string) => {
  await Deno.writeTextFile(`${folder}/${name}`, text);
  return `${folder}/${name}`;
};
const empty = await write("empty.ts", "");
await write("thread.ts", "postMessage(1);");
const withThread = await write(
  "with_thread.ts",
  `const worker = new Worker(new URL("thread.ts", import.meta.url), { type: "module" });
   await new Promise((resolve) => worker.onmessage = resolve);
   worker.terminate();`,
);
const job = await write("job.js", "export default (item) => item;\n");
const commands = {
  "--version": ["--version"],
  "run, no lines, -j1": ["run", job, "-j1"],
  "run, no lines, -j2": ["run", job, "-j2"],
  "run, no lines": ["run", job],
  "run, no lines, -j2 --isolate=process": ["run", job, "-j2", "--isolate=process"],
};

/** The start task's own command line, so that it is measured as it is used. */
async function startCommand(tree: string): Promise<readonly string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${tree}/deno.json`));
  const [, words] = /&& deno (run .*main\.ts)$/.exec(tasks.start.command) ?? [];
  return words.split(" ").map((word) => word === "main.ts" ? `${tree}/main.ts` : word);
}

const programs = new Map<string, readonly string[]>([
  ["an empty program", [deno, "run", "--no-prompt", empty]],
  ["an empty program and a Worker", [deno, "run", "--no-prompt", "--allow-read", withThread]],
]);
for (const tree of [".", ...others]) {
  const name = tree === "." ? "" : `${tree}: `;
  const start = await startCommand(tree);
  for (const [what, args] of Object.entries(commands)) programs.set(`${name}${what}`, [deno, ...start, ...args]);
  if (await Deno.stat(`${tree}/dist/tandem`).catch(() => undefined)) {
    for (const [what, args] of Object.entries(commands)) {
      programs.set(`${name}executable: ${what}`, [`${tree}/dist/tandem`, ...args]);
    }
  } else console.error(`no ${tree}/dist/tandem: deno task compile makes it; the executable is not measured`);
}

const times = new Map([...programs.keys()].map((name) => [name, [] as number[]]));
const random = seededRandom(1);
for (let round = -1; round < Number(rounds); round++) { // the first one warms up
  for (const [name, [file, ...args]] of shuffled([...programs], random)) {
    const start = performance.now();
    const { success, stderr } = await new Deno.Command(file, { args, stdin: "null", stdout: "null" }).output();
    if (!success) throw new Error(`${name}: ${new TextDecoder().decode(stderr)}`);
    if (round >= 0) times.get(name)!.push(performance.now() - start);
  }
}
await Deno.remove(folder, { recursive: true });
const width = Math.max(...[...times.keys()].map((name) => name.length));
const base = median(times.get("an empty program")!);
for (const [name, samples] of times) {
  const ms = median(samples);
  console.log(`${name.padEnd(width)}  ${ms.toFixed(1).padStart(6)} ms  ${(ms / base).toFixed(2).padStart(5)}x`);
}
