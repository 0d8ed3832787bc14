/** The text of `tandem help exit-codes`. */
export const text = `Exit codes
  0        all well; also when the reader of a pipe has gone (| head)
  1        some items failed; or the modes of compare gave different results
  2        wrong usage, or a job that could not be loaded
  3        the output could not be written (a full disk, for example)
  129      the terminal was closed
  130/143  ended by Ctrl-C / SIGTERM
`;
