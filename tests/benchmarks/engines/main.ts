/**
 * What Slurm brings and costs, on a cluster of two nodes on this machine (tests/engines): the speed-up of two shards over one, and
 * the seconds that a node's death costs. Needs what tests/engines needs, and a machine that does nothing else: both nodes share its cores.
 *
 *     deno task bench:engines [ROUNDS]
 */
import { measureDeaths } from "./node_death.ts";
import { measureSpeedups } from "./speedup.ts";

const rounds = Number(Deno.args[0] ?? 5);
await measureSpeedups(rounds);
await measureDeaths(rounds);
