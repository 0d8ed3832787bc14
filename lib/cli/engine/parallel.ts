import { quoted, shellLine } from "../terminal/command_line.ts";
import type { ShardedRun } from "./sharded_run.ts";

/** What GNU parallel needs besides the run. */
export interface Machines {
  readonly sshlogin: readonly string[];
  readonly sshloginfile: string | undefined;
}

/**
 * A script for GNU parallel(1). Each shard is a whole command line that parallel reads, so that it replaces nothing in it: a template
 * would lose the {} of --exec, and names of files with braces. NUL ends it, as names may have newlines. Not with --resume-failed:
 * parallel goes by the numbers of its log, and would skip shards whose job or input has changed since; their journals notice that.
 */
export function parallelScript(run: ShardedRun, { sshlogin, sshloginfile }: Machines): string {
  const { name, shards, words, gather, gathered } = run;
  const [program, command, ...rest] = words;
  const isRemote = sshlogin.length > 0 || sshloginfile !== undefined;
  const machines = [
    ...sshlogin.flatMap((login) => ["--sshlogin", quoted(login)]),
    ...sshloginfile === undefined ? [] : ["--sshloginfile", quoted(sshloginfile)],
    ...isRemote ? ["--workdir", "."] : [],
  ];
  const line = [program, command, "--shard"].map(posixWord).join(" ");
  return `#!/usr/bin/env bash
# ${shards} shards of one input, one at a time on each machine. Start it in the folder of the job,
# which all machines see as the same folder (NFS), with tandem in the PATH of their shells.
#
# Start it again to go on: a shard that was killed goes on where its journal ends, and one that
# has ended finds nothing left to do. Remove the journals and the outputs to begin anew.

for shard in {0..${shards - 1}}; do
  printf '%s %s/${shards} %s\\0' ${quoted(line)} "$shard" ${quoted(rest.map(posixWord).join(" "))}
done |
  parallel --null --jobs 1 --retries 3 --line-buffer ${[...machines, `--joblog ${name}.joblog`].join(" ")}
failed=$?

${shellLine(gather)} > ${gathered}.part && mv ${gathered}.part ${gathered} && [ "$failed" -eq 0 ]
`;
}

/** A word for any POSIX shell, as that of another machine is not known. */
function posixWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
