/** What a job is, and what it may do. */
export const text = `A job is a module whose default export is a function of one item, sync or async,
or a generator function:

  export default async function (item, ctx) {
    return item * item;
  }
  export async function setup(ctx) {}
  export async function teardown(state) {}
  export const items = [1, 2, 3];

Only the default export is required.

  ctx.signal    aborts when the item is no longer wanted. A loop that never
                yields can check ctx.signal.aborted.
  ctx.index     the item's place in the input, from 0
  ctx.thread    the number of its thread, from 0
  ctx.state     what setup returned
  setup         runs once in each thread
  teardown      ends it; does not run after Ctrl-C, --fail-fast, --max-failures
                or a closed pipe
  items         what compare uses if you give no other items

  tandem run job.js < items.ndjson
  tandem compare job.js --items items.ndjson

GENERATORS

A generator (export default function* (item) {}) writes any number of results
for an item. It pauses while its reader is behind.

ITEMS

A line is parsed with JSON.parse. It changes what JavaScript cannot hold: an
integer beyond 2^53 is rounded, a number like 1e400 becomes Infinity and one
like 1e-400 becomes 0, and of a key that stands twice the last one counts. At
the end of a run a warning counts such items and names the first line. Integers
are checked in every item; the rest in the first 1000 objects of each thread and
every 64th after them, and in all of them once something has been found. To keep
items exact, write such numbers as strings, or read lines as they are and parse
them in the job:

  tandem run job.js --input lines < items.ndjson

  // 9007199254740993 comes as a BigInt
  const exact = (key, value, { source }) =>
    /^-?\\d{16,}$/.test(source) ? BigInt(source) : value;
  export default (line) => String(JSON.parse(line, exact).id);

RESULTS

Results are written as JSON.

  undefined, NaN, Infinity  null
  Date                      its ISO text
  Map                       an array of [key, value] pairs
  Set, typed arrays         an array
  Error                     { name, message }
  RegExp                    its source

A function, symbol, BigInt or cycle is an error of the item, and the message
names the place in the value.

PERMISSIONS

A job runs in its own threads. It can read its project and nothing else. Its
project is the nearest folder upwards with deno.json, deno.jsonc, package.json
or .git; else the job's own folder. Your home folder, those above it and the
root are never a project: a job there can read itself and what it imports.
The flags are those of Deno:

  --allow-net[=HOST,...]      --allow-read[=PATH,...]
  --allow-write[=PATH,...]    --allow-env[=NAME,...]
  --allow-run[=PROGRAM,...]   --allow-sys[=API,...]
  --allow-all

  tandem run fetch.js --allow-net=example.org < items.ndjson

The message of a denied operation names the flag. tandem never prompts.

This is a seat belt, not a jail. Without --isolate=process a Worker that a job
starts can read and write the file descriptors 0 and 1; and in an executable a
job can import any JavaScript or JSON module that you can read.

IMPORTS

A job can import relative paths and node: modules. With --deno it runs under
your own Deno, with npm packages and the import map of its project: see
tandem help limits. An executable runs TypeScript jobs if its base is Deno
2.8.2 or newer, and says so otherwise.

What the job prints with console goes to stderr. What a Worker that it starts
prints goes to stdout, past tandem.
`;
