import { plural } from "../../report/words.ts";
import { shellLine } from "../terminal/command_line.ts";
import type { ShardedRun } from "./sharded_run.ts";

/** Slurm sends its signal up to 60 s earlier than it is asked to (sbatch(1), --signal); tandem ends within 2 s. */
const leadSeconds = 120;

/**
 * A job array for sbatch(1). The batch shell gets USR1 before the time limit, as with submitit and dask-jobqueue's --lifetime: tandem
 * ends, the task goes back into the queue, and there its journal goes on. Where a node fails or the task is preempted, Slurm
 * requeues it itself.
 */
export function slurmScript(run: ShardedRun): string {
  const { name, shards, atOnce, words, cores, memoryBytes } = run;
  const [program, command, ...rest] = words;
  const digits = String(shards - 1).length;
  const limits = [
    `#SBATCH --cpus-per-task=${cores}`,
    ...memoryBytes === undefined ? [] : [`#SBATCH --mem=${Math.ceil(memoryBytes / 1024 ** 2)}M`],
  ];
  return `#!/bin/bash
#SBATCH --job-name=${name}
#SBATCH --array=0-${shards - 1}${atOnce === undefined ? "" : `%${atOnce}`}
#SBATCH --ntasks=1
${limits.join("\n")}
#SBATCH --output=${name}-%${digits > 1 ? digits : ""}a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@${leadSeconds}

# ${plural(shards, "shard")} of one input, on a disk that all nodes share. Submit it from the folder of
# the job, and then the same command with --gather:
#
#   id=$(tandem engine slurm ... | sbatch --parsable)
#   tandem engine slurm ... --gather | sbatch --dependency=afterany:"$id"
#
# What sbatch is given overrides the lines above: sbatch --time=1:00:00 --partition=short.
# A task that is killed goes on where its journal ends: by itself after a time limit, a
# preemption or a failed node, else when this script is submitted again.

max_restarts=100 # where an item takes longer than the time limit, this ends it

${shellLine([program, command, "--shard", "auto", "--shards", String(shards), ...rest])} &
pid=$!
requeue=
trap 'requeue=yes; kill -TERM "$pid"' USR1 # the time limit is near
trap 'kill -TERM "$pid"' TERM
while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done # a trap ends a wait
wait "$pid"
code=$?
if [ -n "$requeue" ] && [ "$code" -gt 128 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt "$max_restarts" ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
`;
}

/** The job that gathers the outputs. It names lines that are missing, so it may run after tasks that failed. */
export function slurmGather({ name, gather, gathered }: ShardedRun): string {
  return `#!/bin/bash
#SBATCH --job-name=${name}-gather
#SBATCH --ntasks=1
#SBATCH --output=${name}-gather.log
#SBATCH --open-mode=append
#SBATCH --requeue

# To be submitted with --dependency=afterany:ID, where ID is the number of the array.
${shellLine(gather)} > ${gathered}.part && mv ${gathered}.part ${gathered}
`;
}
