/**
 * Changes one place of a file at a time, in a copy of the project, and runs the tests of the folder in `tests/` that mirrors
 * the file's. A mutant that no test notices has survived: the tests would not notice such a fault either.
 *
 *     deno task mutate lib/journal lib/clock.ts
 *     deno task mutate --every=5 lib/exec    # every fifth mutant
 *     deno task mutate --own lib/exec/pool   # only tests/exec/pool/X.test.ts for lib/exec/pool/X.ts
 */
import { parseArgs } from "node:util";
import { type Mutant, mutantsOf, mutated } from "./find.ts";
import { copyProject, isFailing, testsOf } from "./project.ts";

const { values, positionals } = parseArgs({
  options: { every: { type: "string", default: "1" }, own: { type: "boolean", default: false } },
  allowPositionals: true,
});
if (positionals.length === 0) throw new Error("name files or folders of lib, as in: deno task mutate lib/journal");

const mutants = (await mutantsOf(positionals)).filter((_, place) => place % Number(values.every) === 0);
const survivors: Mutant[] = [];
const queue = mutants.values();
await Promise.all(Array.from({ length: Math.min(4, navigator.hardwareConcurrency) }, work));
report();

/** Takes mutants until none is left, in a copy of its own. */
async function work(): Promise<void> {
  const copy = await copyProject();
  const limits = new Map<string, number>();
  try {
    for (const mutant of queue) {
      const { file } = mutant;
      const tests = await testsOf(file, values.own);
      const limitMs = limits.get(file) ?? await timeOf(copy, file, tests);
      limits.set(file, limitMs);
      const original = await Deno.readFile(file);
      await Deno.writeFile(`${copy}/${file}`, mutated(original, mutant));
      const caught = await isFailing(copy, tests, limitMs);
      await Deno.writeFile(`${copy}/${file}`, original);
      if (caught) continue;
      survivors.push(mutant);
      console.error(`survived: ${describe(mutant)}`);
    }
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
}

/** How long the tests of a file may take, in milliseconds: a mutant can make a loop endless. */
async function timeOf(copy: string, file: string, tests: readonly (readonly string[])[]): Promise<number> {
  const start = performance.now();
  if (await isFailing(copy, tests, 300_000)) throw new Error(`the tests of ${file} fail without a mutant`);
  return 3_000 + 3 * (performance.now() - start);
}

function describe({ file, line, column, original, replacement }: Mutant): string {
  const short = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${file}:${line}:${column}  ${short(original)}  ->  ${short(replacement)}`;
}

function report(): void {
  const all = Map.groupBy(mutants, ({ file }) => file);
  const left = Map.groupBy(survivors, ({ file }) => file);
  const row = (name: string, total: number, survived: number) => {
    const caught = total - survived;
    console.log(`${name.padEnd(48)} ${`${Math.round(100 * caught / total)} %`.padStart(6)}  ${caught} of ${total}`);
  };
  for (const [file, { length }] of all) row(file, length, left.get(file)?.length ?? 0);
  row("all", mutants.length, survivors.length);
}
