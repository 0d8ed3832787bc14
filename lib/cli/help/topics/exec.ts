/** Commands instead of a job. */
export const text = `With --exec, run starts a command for each line, where it would call a job. All
else is the same: order, --retries, --timeout, --journal, --shard, --fail-fast,
--limit, progress and summary.

  tandem run --exec 'gzip -k {}' < names
  tandem run --exec 'convert {} {.}.png' names.txt
  find . -name '*.wav' -print0 | tandem run -0 --exec 'flac -s {}'
  tandem run --shell --exec 'sort {} | uniq -c > {.}.counts' < names

THE COMMAND

No shell reads it. It is split into words as a shell does it: spaces separate,
'...', "..." and \\ group. Nothing in it is a variable, a pattern, a pipe or a
redirection. The first word is the program, a name on the PATH or a path.

  {}     the item             {#}    its number, from 1
  {.}    without extension    {%}    the place that it runs in, from 1: no other
  {/}    its last part               command that runs has the same number
  {//}   its folder
  {/.}   its last part without extension

They mean what they mean in GNU parallel, and a replacement stays in its
argument, whatever is in it: spaces, quotes, $. Without any of them the item is
the last argument. An item that begins with - is given as it is, as by parallel
and xargs: write -- before it, or ./{}.

--shell gives the command to sh -c. There, items are variables in quotes: sh
does not read their text as a part of the command. {} within quotes works, too:
--shell --exec 'echo "{}: $(wc -c < {})"'. In $((...)) it is refused, as some
shells run what such a variable says; eval and [[ ... -eq ... ]] of bash may,
too.

ITEMS AND RESULTS

Items are lines of text. --input json takes JSON values: a string is its own
argument, any other value is one as JSON (a row of --input csv, too). Blank
lines are skipped. An item that
is not UTF-8, or that holds a NUL, is an error record: Deno cannot give it to a
program. With -0 items end with NUL, and a newline can be part of them.

The result of an item is what its command writes to stdout, with its bytes
unchanged and in one piece, however many lines it has. If its last line has no
newline, it gets one. --output json makes it {"stdout":"..."}, and --tag makes
it {"line":17,"value":"..."}. -0 does not change what is written.

What a command writes to stderr goes to stderr, line by line, as it comes. A
command finds its stdin empty.

FAILURES

The exit status is the outcome: 0 is a result, and another one an error record
with the first line of stderr. What such a command has written to stdout goes
to stderr.

  {"line":3,"error":{"name":"ExitError","message":"exit status 1: gzip: ..."}}

--retries runs it again, as a job's item; --retry-on ExitError only for that.

A program that is not there is found out before anything runs: exit 2. With
--shell, sh finds that out: exit status 127.

HOW MANY AT ONCE

One to begin with. The number then follows what is measured, up to two for each
usable core. -j N runs N at once, and so does --tasks N; --mode serial runs one.

HOW THEY END

Each command leads a process group of its own. --timeout, --fail-fast, Ctrl-C
and a closed stdout send SIGTERM to the group, and SIGKILL after 350 ms. So what
a command has started ends with it, unless it has left the group (setsid); on
Windows, which has no groups, only the command itself ends. A command that has
written more than --max-result is ended, too. If tandem itself is killed
(SIGKILL), commands run to their end.

PERMISSIONS

--exec itself permits to start the one program that it names, or sh: no
--allow-run is needed, and one that names others is refused. What a command may
do is not limited. --exec, like all grants, counts on
the command line only.
`;
