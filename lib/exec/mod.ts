/**
 * The engine as a library: a job over a stream of items, in threads times tasks, in bounded memory.
 *
 * @module
 */
export type { ItemError, ItemErrorCode, Outcome } from "../model/item.ts";
export {
  type ErrorCode,
  type ExitCode,
  JobError,
  type JobErrorCode,
  type JournalErrorCode,
  TandemError,
} from "../errors.ts";
export { runJob, type RunJobOptions } from "./run_job.ts";
export { noPermissions, type Permissions } from "./host/worker_host.ts";
