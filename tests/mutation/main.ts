/**
 * Changes one place of a file at a time, in a copy of the project, and runs the tests of the folder in `tests/` that mirrors
 * the file's (of `.ci`: `tests/release`). A mutant that no test notices has survived: the tests would not notice such a fault
 * either.
 *
 *     deno task mutate lib/journal lib/clock.ts
 *     deno task mutate --every=5 lib/exec    # every fifth mutant
 *     deno task mutate --own lib/exec/pool   # of lib/exec/pool/X.ts only tests/exec/pool/X.test.ts and X_*.test.ts
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
/** Files whose tests fail without a mutant: what they say of mutants means nothing. */
const broken = new Set<string>();
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
      const tests = await testsOf(copy, file, values.own);
      if (broken.has(file)) continue;
      const limitMs = limits.get(file) ?? await timeOf(copy, tests);
      if (limitMs === undefined) {
        broken.add(file);
        continue;
      }
      limits.set(file, limitMs);
      const original = await Deno.readFile(`${copy}/${file}`);
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

/** How long tests may take, in milliseconds, as a mutant can make a loop endless; undefined if they fail as they are. */
async function timeOf(copy: string, tests: readonly (readonly string[])[]): Promise<number | undefined> {
  const start = performance.now();
  return await isFailing(copy, tests, 300_000) ? undefined : 3_000 + 3 * (performance.now() - start);
}

function describe({ file, line, column, original, replacement }: Mutant): string {
  const short = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${file}:${line}:${column}  ${short(original)}  ->  ${short(replacement)}`;
}

function report(): void {
  const tried = mutants.filter(({ file }) => !broken.has(file));
  const all = Map.groupBy(tried, ({ file }) => file);
  const left = Map.groupBy(survivors, ({ file }) => file);
  const row = (name: string, total: number, survived: number) => {
    const caught = total - survived;
    console.log(`${name.padEnd(48)} ${`${Math.round(100 * caught / total)} %`.padStart(6)}  ${caught} of ${total}`);
  };
  for (const [file, { length }] of all) row(file, length, left.get(file)?.length ?? 0);
  for (const file of broken) console.log(`${file.padEnd(48)} its tests fail without a mutant`);
  row("all", tried.length, survivors.filter(({ file }) => !broken.has(file)).length);
}
