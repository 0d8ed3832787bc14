/** What a job may do, and what tandem itself may. */
export const text = `WHAT A JOB MAY DO

It can read its project and nothing else: no network, no files to write, no
environment variables, no programs. Its project is the nearest folder upwards
with deno.json, deno.jsonc, package.json or .git; else the job's own folder.
Your home folder, those above it and the root are never a project: a job there
can read itself and what it imports.

WHAT YOU GRANT

The flags are those of Deno. Without a list they grant all of their kind. A flag
may be given several times, and the lists add up.

  --allow-read[=PATH,...]     files and folders with all that is in them
  --allow-write[=PATH,...]    the same
  --allow-net[=HOST,...]      to connect and to listen: a name or an address,
                              with :PORT or without
  --allow-env[=VARIABLE,...]  environment variables
  --allow-run[=PROGRAM,...]   programs: a name on the PATH, or a path with /
  --allow-sys[=API,...]       what the system tells, like hostname or cpus
  --allow-all                 everything, foreign code (FFI) and imports too

  tandem run fetch.js --allow-net=example.org < items.ndjson

Paths are meant from the working folder. A built-in job has what it needs.
What a program may do that a job starts is not limited. --allow-run and
--allow-all run the job in processes of their own, and do not go together with
--isolate=worker.

Only the command line grants: no variable and no file of a cloned project can
(see tandem help config).

WHAT IS DENIED

An operation that is not granted fails, and the error record of its item names
the flag. tandem never prompts.

This is a seat belt, not a jail. Without --isolate=process a Worker that a job
starts can read and write the file descriptors 0 and 1; and in an executable a
job can import any JavaScript or JSON module that you can read.

Node and Bun deny less than Deno does: see tandem help runtimes.

WHAT TANDEM ITSELF MAY

The executable begins with all permissions, because nothing can grant more than
it has, and gives up those that the command does not need before it starts work:
tandem help, for example, can then only read. Run from its sources, it grants
what Deno granted to it, and says which flags of deno run are missing.

Commands of run --exec are programs: they may do what you may.
`;
