/** How engines run shards. */
export const text = `WHAT ENGINE PRINTS

A script or a manifest that runs a job in shards on the machines of an engine
that you have. tandem engine writes no file and submits nothing.

  tandem engine slurm job.ts items --shards 100 -- --threads 4 --memory 1GiB

Flags after -- go to tandem run, in each shard. Each machine reads the whole
input and runs its own lines: see tandem help gather. The script gives each
shard --tag, --errors inline, --results NAME-{shard}.out and --journal
NAME-{shard}.journal, so a shard that was killed goes on where it was. NAME is
what --name says. At the end, tandem gather merges the outputs into NAME.out:
the same bytes that one machine would have written, with error records in place
of the results of items that failed. It names lines that are missing.

All machines need the job, the input and the outputs on a disk that they share,
and tandem itself, of the same version: --program is its path there.

With --threads N, each shard gets N cores, otherwise one. With --memory, it gets
that much for each thread, and 512 MiB for tandem.

SLURM

  tandem engine slurm job.ts items --shards 100 > shards.sh
  tandem engine slurm job.ts items --shards 100 --gather > gather.sh
  id=$(sbatch --parsable shards.sh)
  sbatch --dependency=afterany:"$id" gather.sh

An array of one task for each shard; --at-once 20 runs at most 20 at a time. By
default Slurm takes no more than 1001 tasks (MaxArraySize in scontrol show
config). To run some of them again, submit the whole array: those that have
ended find nothing left to do. A part of it, like sbatch --array=3, is refused.
Flags of sbatch override those in the script: sbatch --time=1:00:00. Two minutes
before the time limit, Slurm sends USR1 to the script: tandem stops, and the
task goes back into the queue. After a preemption or where a node fails, Slurm
puts it there itself. The log of a task is NAME-TASK.log.

A task exits as its run does. 1 means that items failed: their error records are
in the output, and the task has nothing left to do. So the job that gathers runs
after any end of the array (afterany), and exits with 1 if lines are missing.

KUBERNETES

  tandem engine kubernetes job.ts items --shards 100 > shards.yaml
  tandem engine kubernetes job.ts items --shards 100 --gather > gather.yaml
  kubectl apply -f shards.yaml
  kubectl wait --for=condition=complete --timeout=24h job/tandem
  kubectl apply -f gather.yaml

An Indexed Job, for Kubernetes 1.29 or newer. The PersistentVolumeClaim of
--claim is mounted at --mount, where the pods work: names of the job and the
input are relative to it. An --image with tandem is yours to build: the manifest
says how. Pods run as user 1000, without capabilities, on a read-only root.

A pod that fails starts again up to 10 times; one that was evicted, or that was
on a drained node, does not count. Exit codes 1 (items failed) and 2 (the job or
a file cannot be used) are final for their index; the others go on. The Job then
ends as failed: wait for condition=failed in that case. The Job that gathers
needs a shell (sh) in the image.

GNU PARALLEL

  tandem engine parallel job.ts items --shards 100 --sshlogin a,b,c > run.sh
  bash run.sh

One shard at a time on each machine of --sshlogin and --sshloginfile; without,
on this one. The shells of these machines are POSIX shells, and this folder is
the same on all of them. A shard whose machine or connection fails, or which is
killed, is tried three times in all, on other machines too. One whose items
failed (exit 1) has ended, and is not tried again. NAME.joblog is parallel's
record of the last start. The same script again goes on where the journals end:
complete shards run nothing, and a job or an input that has changed is refused.
The script then gathers. It exits with 0 if no item failed, all shards ended and
no line is missing, also when it was started again.

WHAT IT REFUSES

Shards cannot share stdin, so name the input. Flags that the script decides are
refused after --, as are --unordered, --limit and --output csv, whose outputs
cannot be gathered, and files without {shard} that all shards would write. A job
that may yield nothing for a line needs --sparse.
`;
