/**
 * Whether `tandem compare` recommends for each built-in job the mode that is expected, and how often serial seems to differ
 * from itself: each job once a repeat, in shuffled order, so that what changes with time spreads over all of them.
 *
 *     deno task bench:advice [--repeats N] [--max-time TIME] [--jobs A,B] [--seed N] [--busy]
 */
import { readMachine } from "../../../lib/bench/machine.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { compare } from "../compare_command.ts";
import { type Arguments, readArguments, usage } from "./arguments.ts";
import { busyCore } from "./busy_core.ts";
import { adviceTable, busyTable, controlLine, type Trial, trialLine } from "./tables.ts";

const given = readArguments(Deno.args);
if (typeof given === "string") {
  console.error(`${given}\n\n${usage}`);
  Deno.exit(2);
}
const { repeats, maxTime, seed, busy } = given;
const { cpu, usableCores } = readMachine();
const how = `${repeats} comparisons of each job, ${maxTime} each, seed ${seed}${busy ? ", one core kept busy" : ""}`;
console.log(`deno ${Deno.version.deno} · ${cpu}, ${usableCores} cores · ${how}\n`);

const trials: Trial[] = [];
{
  await using _core = busy ? busyCore() : undefined;
  for await (const trial of allTrials(given)) {
    console.error(`${trials.length + 1}/${repeats * given.jobs.length} ${trialLine(trial)}`);
    trials.push(trial);
  }
}
console.log([...busy ? busyTable(trials) : adviceTable(trials), "", controlLine(trials)].join("\n"));

async function* allTrials({ jobs, repeats, maxTime, seed }: Arguments): AsyncGenerator<Trial> {
  const random = seededRandom(seed);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const job of shuffled(jobs, random)) {
      const args = [`@${job}`, "--max-time", maxTime, "--seed", `${seed + repeat}`];
      yield { job, found: await compare(args) };
    }
  }
}
