import { bothTogether } from "./both_together.ts";
import type { Claim } from "./claim.ts";
import { crossover } from "./crossover.ts";
import { httpNeedsTasks } from "./http_needs_tasks.ts";
import { noContextSwitch } from "./no_context_switch.ts";
import { tasksNoParallelism } from "./tasks_no_parallelism.ts";
import { threadsParallel } from "./threads_parallel.ts";
import { waitingNeedsTasks } from "./waiting_needs_tasks.ts";
import { workStealing } from "./work_stealing.ts";

/** All claims, cheap and telling ones first: the order in which they are tested. */
export const claims: readonly Claim[] = [
  noContextSwitch,
  tasksNoParallelism,
  threadsParallel,
  waitingNeedsTasks,
  httpNeedsTasks,
  bothTogether,
  workStealing,
  crossover,
];
