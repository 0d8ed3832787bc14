/** A short simulation for mutants of a pool and its scheduler. It does not end in `.test.ts`: the suite has a longer one. */
import { simulate } from "../exec/schedule/simulation.ts";

/** Enough for most faults, in a second of one core. */
const worlds = 500;

Deno.test(`simulation: every promise is kept in ${worlds} worlds`, async () => {
  for (let seed = 0; seed < worlds; seed++) {
    const broken = await simulate(seed);
    if (broken !== undefined) throw new Error(`seed ${seed}: ${broken}`);
  }
});
