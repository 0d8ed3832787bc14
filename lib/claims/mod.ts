import type { Claim } from "./claim.ts";
import { asyncHarderToDebug } from "./async_harder_to_debug.ts";
import { bothTogether } from "./both_together.ts";
import { concurrencyInsideATask } from "./concurrency_inside_a_task.ts";
import { crossover } from "./crossover.ts";
import { differenceHardToMeasure } from "./difference_hard_to_measure.ts";
import { droppedTaskCleansUp } from "./dropped_task_cleans_up.ts";
import { httpNeedsTasks } from "./http_needs_tasks.ts";
import { identicalOutput } from "./identical_output.ts";
import { millionsOfTasks } from "./millions_of_tasks.ts";
import { noContextSwitch } from "./no_context_switch.ts";
import { sharedStateRaces } from "./shared_state_races.ts";
import { tasksNoParallelism } from "./tasks_no_parallelism.ts";
import { threadStack } from "./thread_stack.ts";
import { threadsCannotBeCancelled } from "./threads_cannot_be_cancelled.ts";
import { threadsCostToStart } from "./threads_cost_to_start.ts";
import { threadsParallel } from "./threads_parallel.ts";
import { threadsRunOut } from "./threads_run_out.ts";
import { threadsSimpler } from "./threads_simpler.ts";
import { timeoutsCompose } from "./timeouts_compose.ts";
import { waitingNeedsTasks } from "./waiting_needs_tasks.ts";
import { workStealing } from "./work_stealing.ts";
import { yielding } from "./yielding.ts";

/** All claims, cheap and telling ones first: the order in which they are tested. */
export const claims: readonly Claim[] = [
  threadsCostToStart,
  noContextSwitch,
  droppedTaskCleansUp,
  concurrencyInsideATask,
  sharedStateRaces,
  tasksNoParallelism,
  threadsParallel,
  yielding,
  threadsCannotBeCancelled,
  timeoutsCompose,
  asyncHarderToDebug,
  threadsSimpler,
  waitingNeedsTasks,
  httpNeedsTasks,
  bothTogether,
  millionsOfTasks,
  threadStack,
  threadsRunOut,
  identicalOutput,
  differenceHardToMeasure,
  workStealing,
  crossover,
];
