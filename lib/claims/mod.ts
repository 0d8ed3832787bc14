import { bothTogether } from "./both_together.ts";
import type { Claim } from "./claim.ts";
import { concurrencyInsideATask } from "./concurrency_inside_a_task.ts";
import { differenceHardToMeasure } from "./difference_hard_to_measure.ts";
import { identicalOutput } from "./identical_output.ts";
import { tasksNoParallelism } from "./tasks_no_parallelism.ts";
import { threadsParallel } from "./threads_parallel.ts";
import { timeoutsCompose } from "./timeouts_compose.ts";
import { waitingNeedsTasks } from "./waiting_needs_tasks.ts";

/** All claims, cheap and telling ones first: the order in which they are tested. */
export const claims: readonly Claim[] = [
  concurrencyInsideATask,
  timeoutsCompose,
  identicalOutput,
  differenceHardToMeasure,
  tasksNoParallelism,
  threadsParallel,
  waitingNeedsTasks,
  bothTogether,
];
