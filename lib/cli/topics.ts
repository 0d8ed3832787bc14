/** Texts of `tandem help TOPIC`. */
export const topics: Readonly<Record<string, { readonly summary: string; readonly text: string }>> = {
  "exit-codes": {
    summary: "what the exit code says",
    text: `Exit codes
  0        all well; also when the reader of a pipe has gone (| head)
  1        some items failed
  2        wrong usage, or a job that could not be loaded
  3        the output could not be written (a full disk, for example)
  130/143  ended by Ctrl-C / SIGTERM
`,
  },
};
