/** How to resume a run that was interrupted. */
export const text = `A run with a journal goes on after Ctrl-C, a crash or a kill.

  tandem run job.js --journal j < items >> results       # as often as needed
  tandem run job.js --resume j < items >> results        # only if j exists
  tandem run job.js --retry-failed j < items >> fixed    # failed items again

--journal begins a run if there is no journal, or an empty one; otherwise it
goes on with that run. So the command line can stand in a script that a
scheduler starts again: a Slurm array, a Kubernetes Job. stderr says which it
did. --resume is for a person: it refuses a journal that does not exist, as
after a typing error.

The journal records which items are done, and how many bytes of output they
account for: 10 times a second at first, once a second in a long run.

WHAT IT PROMISES

If results go to a file, the finished file is byte for byte what one
undisturbed run writes, no matter when the program was killed, also while it
resumed. Output after the journal's last record is cut off and written again.
With --unordered the file has the same records.

Append with >>. A shell empties the file for > before tandem starts; a file that
is shorter than the journal says is refused. (After the end of the run, --resume
accepts any file, for lines that are added later.) --results FILE always appends
if there is a journal.

Each run needs an output file of its own: what another shard has written to the
same file would be cut off. A run that finds such bytes ends with exit code 2.
For the same reason stdout and stderr cannot be one file (>> results 2>&1).

In a pipe nothing can be cut off: records after the journal's last one come
again. So do error records on stderr.

Items of the last second run again. If an item must never run twice, make the
job idempotent.

WHAT MUST STAY THE SAME

A run that goes on reads the input again from its beginning. Before anything
runs, it refuses another input, other flags that shape results, or another job,
with exit code 2; the journal and the output stay as they are. To start over,
name a new journal, or remove the journal and the output.

*  The job is its file and the modules that it imports by relative paths, as a
   simple scan of import statements finds them. Packages, computed imports and
   data that it reads are not checked.
*  The width of the run may change, and so may the split of the lines into
   files, but not that of rows of CSV: each file has a header.
*  Lines that are added at the end later are run.

ONE RUN AT A TIME

A journal is locked while a run writes to it: a second run with it ends at once,
with exit code 75. The lock ends with the program, also after kill -9. Some
network file systems have no locks; there, nothing keeps a second run away.

A RUN THAT IS COMPLETE

The same command line again runs nothing, writes nothing to the output, and says
so. Its exit code is that of the run: 0, or 1 if items failed.

FAILED ITEMS

A run that goes on counts an item that failed as done. --retry-failed runs those
items again when the run has reached its end, also with a fixed job or another
--max-line, and records which of them succeed. It keeps the failed lines in
memory. Its results go to stdout; --tag adds their line numbers. If it is
killed, the same line goes on; results of the last second may come twice.

An item that failed because Ctrl-C aborted its signal is not done; it runs
again. A job that answers an abort with a result has a result.

A generator that runs again must give the same values if the run is
--unordered: values that are in the output already are left out by their
number.

WHAT IT DOES NOT COVER

A full disk ends the run with exit code 3: free some space and run it again.

The journal outlives the program, but not a power failure: tandem does not wait
for the disk (that would cost 0.2 ms per record instead of 0.03 ms).
`;
