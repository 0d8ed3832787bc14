/** The text of `tandem help exit-codes`. */
export const text = `Exit codes
  0    all well; also when the reader of a pipe has gone (| head)
  1    some items failed; or the modes of compare gave different results
  2    wrong usage, or a job or another file that cannot be used
  3    the output could not be written (a full disk, for example)
  5    the run gave up: its threads keep crashing
  70   an internal error: a bug of tandem, please report it
  129  the terminal was closed
  130  ended by Ctrl-C
  143  ended by SIGTERM

4 is reserved. To run a job again makes sense after 3, 5, 70 and the signals; after 1, run the failed items again with
--retry-failed (see: tandem help journal); after 2, fix what the message names.
`;
