import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { openCheck } from "./check.ts";
import type { Input } from "./commands.ts";
import { type Contender, ideal } from "./contenders.ts";
import { type Ran, time } from "./process.ts";
import type { Workload } from "./workloads.ts";

/** What one contender needed in each round, in milliseconds, or why there is nothing. */
export interface Result {
  readonly contender: Contender;
  readonly items: number;
  readonly times: readonly number[];
  readonly why?: string;
}

/** Who is measured, how often, and in which order. */
export interface RoundsOptions {
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly seed: number;
  input(workload: Workload, contender: Contender): Promise<Input>;
}

/**
 * Lets everyone do a workload: first once with a look at the results, so that nobody wins by doing less and everything
 * is warm; then once a round, in shuffled order: what disturbs the machine for a while disturbs all of them.
 */
export async function measure(workload: Workload, options: RoundsOptions): Promise<readonly Result[]> {
  const random = seededRandom(options.seed);
  const check = openCheck();
  const all: { contender: Contender; input: Input; times: number[]; why?: string }[] = [];
  for (const contender of options.contenders) {
    const input = await options.input(workload, contender);
    const why = contender.unfit?.[workload.id] ?? await check(contender, input);
    all.push({ contender, input, times: [], why });
  }
  for (let round = 1; round <= options.rounds; round++) {
    for (const one of shuffled(all.filter(({ why }) => why === undefined), random)) {
      const ran = await run(one.contender, one.input);
      if (ran.kind === "ran") one.times.push(ran.ms);
      else one.why = `failed in round ${round}: ${ran.why}`;
    }
  }
  return all.map(({ contender, input, times, why }) => ({ contender, items: input.items, times, why }));
}

async function run(contender: Contender, input: Input): Promise<Ran> {
  const ran = await time(contender.build(input));
  return contender.id === ideal && ran.kind === "ran" ? { ...ran, ms: Number(ran.lastWords) } : ran;
}
