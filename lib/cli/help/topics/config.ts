/** Where values of flags come from besides the command line. */
export const text = `The value of a flag comes from the first of these that gives one:

  1. the command line: --max-time 1m
  2. a variable: TANDEM_MAX_TIME=1m, for every command that has the flag
  3. the project's file: tandem.jsonc in the working folder, or in the nearest
     folder above it; never the one in the home folder, above that, or the root
  4. the user's file: tandem/config.jsonc in $XDG_CONFIG_HOME, or in ~/.config
  5. the default, as tandem COMMAND --help shows it

Both files are JSON with comments. A section is a command's name, or "all" for
every command that has the flag; a command's own section wins. A flag is spelt
as in the documents' options, so --max-time is maxTime:

  {
    "all": { "color": "never" },
    "compare": { "maxTime": "1m", "rounds": 20 }, // as on the command line
    "run": { "quiet": true, "timeout": "30s" }
  }

Of a variable, a switch is 1, true, 0 or false, and an empty value is none.
What a variable or a file gives is taken back by the flag with "no-" before its
name, like --no-quiet or --no-timeout.
A misspelt flag of a file, or a value that the flag does not take, is an error
that names the file and the line.

Only the command line may grant a job permissions (--allow-net and its like),
name a file that is read or written (--journal, --export-json, --save-plan,
--plan, --items), or choose the program that --deno runs: a cloned project
cannot. Nor can its file change the timeout, memory or isolate that your own
file sets.

  tandem compare --show-config               # each flag's value and its source
`;
