/** What the exit code says. */
export const text = `  0    Success; also when the reader of a pipe has closed it (| head), and when
       compare has no advice.
  1    Some items failed; or in compare a mode gave other results, or lost a
       thread; or a claim fails, with claims --fail-on fails; or a job is
       slower than the old one, with compare --fail-on slower; or something
       regressed, with diff --fail-on regressed; or gather found lines missing,
       doubled or foreign. gather exits with 0 if items failed whose error
       records are there: see tandem help gather.
  2    Wrong usage, or a job or another file that cannot be used; also a file
       to write that cannot be opened, which is tried before anything runs. One
       line says what was found and what to do.
  3    The output could not be written (a full disk, for example), or a file
       that was asked for: an export, a plan, a log, a journal, a trace.
  4    A claim is unclear, with claims --fail-on unclear; or a change of a job,
       or a row of diff, with the same flag.
  5    The run gave up: its threads keep crashing. The lines that are left have
       no result.
  70   An internal error: a bug of tandem. Please report it.
  129  The terminal was closed.
  130  Ctrl-C.
  143  SIGTERM.

After a signal the program ends by that signal, which shells show as 128 and its
number. So a shell's loop or script around it ends with it.

It makes sense to run a job again after 3, 5, 70 and the signals. After 1, run
the failed items again with --retry-failed, or resume a run that --fail-fast or
--max-failures has ended: see tandem help journal. After 2, fix what the message
names.

  tandem run job.js < items.ndjson; echo $?
`;
