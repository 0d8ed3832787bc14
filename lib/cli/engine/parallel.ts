import { plural } from "../../report/words.ts";
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
 *
 * A shard that exits with 1 has ended, and some of its items have failed. For parallel that is a success, so that --retries leaves
 * it alone. That items have failed stands in the outputs, where a script that is started again finds it too.
 */
export function parallelScript(run: ShardedRun, { sshlogin, sshloginfile }: Machines): string {
  const { name, shards, words, gather, gathered, hasNul } = run;
  const [program, command, ...rest] = words;
  const isRemote = sshlogin.length > 0 || sshloginfile !== undefined;
  const machines = [
    ...sshlogin.flatMap((login) => ["--sshlogin", quoted(login)]),
    ...sshloginfile === undefined ? [] : ["--sshloginfile", quoted(sshloginfile)],
    ...isRemote ? ["--workdir", "."] : [],
  ];
  const line = [program, command, "--shard"].map(posixWord).join(" ");
  const outputs = `${name}-${"[0-9]".repeat(String(shards - 1).length)}.out`;
  return `#!/usr/bin/env bash
# ${plural(shards, "shard")} of one input, one at a time on each machine. Start it in the folder of the job,
# which all machines see as the same folder (NFS), with tandem in the PATH of their shells.
#
# A shard that was killed or that cannot run is tried three times; one whose items failed has
# ended (exit 1). Start the script again to go on: the shards go on where their journals end,
# and one that has ended finds nothing left to do. Remove the journals and the outputs to begin
# anew. The script exits with 0 if no item failed and no line is missing.

for shard in {0..${shards - 1}}; do
  printf '%s %s/${shards} %s || [ $? -eq 1 ]\\0' ${quoted(line)} "$shard" ${quoted(rest.map(posixWord).join(" "))}
done |
  parallel --null --jobs 1 --retries 3 --line-buffer ${[...machines, `--joblog ${name}.joblog`].join(" ")}
unfinished=$?

${shellLine(gather)} > ${gathered}.part && mv ${gathered}.part ${gathered} && [ "$unfinished" -eq 0 ] &&
  ! LC_ALL=C grep -q${hasNul ? "z" : ""} '^{"line":[0-9]*,"error":' ${outputs}
`;
}

/** A word for any POSIX shell, as that of another machine is not known. */
function posixWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
