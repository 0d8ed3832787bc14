/** The text of `tandem help journal`. */
export const text = `tandem run job.js --journal j < items > results        notes in j what is done
tandem run job.js --resume j < items >> results        goes on, after Ctrl-C or any death of the program
tandem run job.js --retry-failed j < items >> mended   runs the items that failed once more

Resume with the same job, flags and input, and append to the same output: anything else is refused before it does harm.
How wide the run is may change. What was written behind the journal's last record, a second's work at most, is cut off
and comes again, so the results are those of one undisturbed run. In a pipe nothing can be cut: it comes twice there.

The job is its file and what it imports by relative paths. An item that failed is done; --retry-failed runs those again
when the run has come to its end, also by a job that was mended. The journal outlives the program, not a power failure.
`;
