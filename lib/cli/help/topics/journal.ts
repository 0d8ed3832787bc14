/** How to resume a run that was interrupted. */
export const text = `A run with a journal can be resumed after Ctrl-C, a crash or a kill.

  tandem run job.js --journal j < items > results
  tandem run job.js --resume j < items >> results        # as often as needed
  tandem run job.js --retry-failed j < items >> fixed    # failed items again

The journal records which items are done, and how many bytes of output they
account for: 10 times a second at first, once a second in a long run.

WHAT IT PROMISES

If results go to a file, the finished file is byte for byte what one
undisturbed run writes, no matter when the program was killed, also while it
resumed. Output after the journal's last record is cut off and written again.
With --unordered the file has the same records. Append with >>: as long as the
run is not finished, --resume refuses a file that is shorter than the journal
says.

In a pipe nothing can be cut off: records after the journal's last one come
again. So do error records on stderr.

Items of the last second run again. If an item must never run twice, make the
job idempotent.

WHAT MUST STAY THE SAME

--resume reads the input again from its beginning. Before anything runs, it
refuses another input, other flags that shape results, or another job.

*  The job is its file and the modules that it imports by relative paths, as a
   simple scan of import statements finds them. Packages, computed imports and
   data that it reads are not checked.
*  The width of the run may change, and so may the split of the lines into
   files, but not that of rows of CSV: each file has a header.
*  Lines that are added at the end later are run.

FAILED ITEMS

--resume counts an item that failed as done. --retry-failed runs those items
again when the run has reached its end, also with a fixed job or another
--max-line, and records which of them succeed. It keeps the failed lines in
memory. Its results go to stdout; --tag adds their line numbers.

An item that failed because Ctrl-C aborted its signal is not done; it runs
again. A job that answers an abort with a result has a result.

A generator that runs again must give the same values if the run is
--unordered: values that are in the output already are left out by their
number.

WHAT IT DOES NOT COVER

A full disk ends the run with exit code 3: free some space and resume.

The journal outlives the program, but not a power failure: tandem does not wait
for the disk (that would cost 0.2 ms per record instead of 0.03 ms).
`;
