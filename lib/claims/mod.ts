import { bothTogether } from "./both_together.ts";
import type { Claim } from "./claim.ts";
import { tasksNoParallelism } from "./tasks_no_parallelism.ts";
import { threadsParallel } from "./threads_parallel.ts";
import { waitingNeedsTasks } from "./waiting_needs_tasks.ts";

/** All claims, cheap and telling ones first: the order in which they are tested. */
export const claims: readonly Claim[] = [tasksNoParallelism, threadsParallel, waitingNeedsTasks, bothTogether];
