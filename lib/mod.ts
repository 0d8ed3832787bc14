/**
 * tandem as a library: `runJob` runs a job over a stream of items in threads times tasks, in bounded memory; `compareJob`
 * measures how many of each it should have.
 *
 * @module
 */
export type { FailureLimit } from "./model/failure_limit.ts";
export type { ItemError, ItemErrorCode, Outcome } from "./model/item.ts";
export {
  type ErrorCode,
  type ExitCode,
  JobError,
  type JobErrorCode,
  type JournalErrorCode,
  TandemError,
} from "./errors.ts";
export { runJob, type RunJobOptions } from "./exec/run_job.ts";
export { noPermissions } from "./exec/host/worker_host.ts";
export type { PermissionKind, Permissions } from "./exec/wire/permissions.ts";
export { type ComparedJob, type CompareHooks, compareJob } from "./bench/compare_job.ts";
export type { CompareWanted } from "./bench/compare_work.ts";
export type {
  ComparedMode,
  Contention,
  Control,
  Grid,
  JobComparison,
  ModeChange,
  OwnCost,
  Phases,
} from "./model/comparison.ts";
export type { Cell, ChangeVerdict, Mode, ModeVerdict } from "./model/grid.ts";
export type { Ends } from "./model/interval.ts";
export type { CellMetrics, Metric, metrics, ModeRun, RunMetrics, Unit } from "./model/metrics.ts";
export type { RunLoad, RunReading } from "./model/run_reading.ts";
export type {
  Advice,
  Change,
  Doubt,
  EarlyEnd,
  NoAdviceReason,
  Notice,
  Reason,
  UseReason,
  Work,
} from "./model/reason.ts";
export type { RoundSchedule } from "./model/round_schedule.ts";
