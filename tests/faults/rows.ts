/** The rows of the fault table. Each has a test named like it; a test sees to that. */
export const rows = [
  "job throws, rejects, throws null, recurses too deep",
  "missing file, syntax error, throws at load, no default export, wrong kind, load never ends",
  "uncloneable or unserialisable result",
  "NaN, Map, Date, undefined as result",
  "Deno.exit, self.close, process.exit",
  "uncaught error or rejection later",
  "job that never resolves",
  "busy loop, blocked thread",
  "out of memory",
  "too many threads",
  "SIGINT, SIGTERM; a second one",
  "job installs a signal listener",
  "job writes to fd 1",
  "a job's child processes",
  "job reads stdin, itself or by a program that it starts",
  "the parent is killed",
  "closed stdout",
  "full disk",
  "slow reader",
  "a permission is missing, on a terminal",
  "1 GiB of input, 10 M lines",
  "100 MiB line, bad UTF-8, BOM, NUL, CRLF, no final newline, blank lines, invalid JSON",
  "path with #, %, space, a relative path",
  "a job's text with ESC, CR, bidi marks",
  "known bugs of pools elsewhere",
] as const;

/** One of them. */
export type Row = (typeof rows)[number];
