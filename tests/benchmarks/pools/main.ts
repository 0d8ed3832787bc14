/**
 * The same work through tandem, a hand-written pool, pools from npm, GNU parallel and xargs: whole commands from a file
 * of lines to lines on stdout, with two threads or processes each, in rounds of shuffled order.
 *
 *     deno task bench [--rounds N] [--scale X] [--seed N] [--only WORKLOAD,...] [--contenders ID,...]
 *
 * May run any program: which ones are there, and where, is known only then. Writes the lines to a temporary folder, and
 * the packages for Node to the user's cache.
 */
import { readMachine } from "../../../lib/bench/machine.ts";
import { readArguments, usage } from "./arguments.ts";
import { inputsIn } from "./inputs.ts";
import { measure } from "./rounds.ts";
import { legend, overheads, startTable, workloadTable } from "./tables.ts";
import { missing } from "./tools.ts";
import { nothing, threads, type Workload } from "./workloads.ts";

const given = readArguments(Deno.args);
if (typeof given === "string") {
  console.error(`${given}\n\n${usage}`);
  Deno.exit(2);
}
const { rounds, scale, seed } = given;
const { cpu, usableCores } = readMachine();
const order = `${rounds} shuffled round${rounds === 1 ? "" : "s"}, seed ${seed}, scale ${scale}`;
console.log(`deno ${Deno.version.deno} · ${cpu}, ${usableCores} cores · ${threads} threads each · ${order}\n${legend}`);

const absent = await missing(new Set(given.contenders.flatMap(({ need }) => need ?? [])));
for (const [need, reason] of absent) {
  const without = given.contenders.filter((one) => one.need === need).map(({ id }) => id);
  console.log(`${reason}; not measured: ${without.join(", ")}`);
}
const present = given.contenders.filter(({ need }) => need === undefined || !absent.has(need));

const folder = await Deno.makeTempDir({ prefix: "tandem-bench-" });
try {
  const input = inputsIn(folder, scale);
  const measured = (workload: Workload) => {
    const contenders = present.filter(({ only }) => only?.(workload) ?? true);
    return measure(workload, { contenders, rounds, seed, input });
  };
  const starts = await measured(nothing);
  show(nothing, startTable(starts));
  for (const workload of given.workloads) {
    show(workload, workloadTable(await measured(workload), overheads(starts)));
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function show({ id, title }: Workload, lines: readonly string[]): void {
  console.log(`\n${id}: ${title}\n${lines.join("\n")}`);
}
