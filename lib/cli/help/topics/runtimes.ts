/** Jobs in Node and Bun, and what differs there. */
export const text = `RUNTIMES

--runtime node runs the job in the Node on your PATH, --runtime node=PATH in the
one at that path; bun in the same way. tandem reads, schedules and writes as
ever. Each thread then has a process of its own, as with --isolate process.

  tandem run job.js --runtime node --allow-net --allow-sys < items.ndjson
  tandem compare job.js --runtime bun --allow-all --count 10000

compare --runtimes deno,node tells how much faster or slower a job is in Node
than in Deno, mode by mode: see tandem help compare.

Node must be 20.11 or newer. Our tests run in Node 20 and 24, and in Bun 1.4.

WHAT THEY CAN DENY

tandem refuses to run a job where something that is not granted cannot be
denied (exit 2). The message names what is left to grant.

              Deno     Node     Bun
  read        yes      yes      no
  write       yes      yes      no
  run         yes      all or none
  env         yes      yes      yes
  net, sys    yes      no       no
  FFI         yes      yes      no

So Node needs --allow-net --allow-sys (whole, without a list), and Bun
--allow-all. Node denies by its own permission model, which its manual calls a
seat belt too; variables are denied by not giving them to the process. With
--allow-run a job sees PATH. Since Node 22, an import is not checked: a job can
import any module that you can read.

The working folder of a job is yours where the job may read that, otherwise one
that holds nothing: Node lets threads read the folder that they start in.

TYPESCRIPT AND PACKAGES

Node 22.6 and newer loads TypeScript by leaving out types: enums, namespaces and
parameter properties fail. Older versions and files with JSX are refused. Bun
loads both. Packages are those of node_modules, as in the runtime itself.

WHAT ELSE DIFFERS IN NODE

*  There is no Deno, no self and no reportError. A job ends nothing by
   process.exit either: an error record for that item.
*  A job that replaces the built-ins of the language can lose its thread, whose
   own code uses them.
*  What AsyncLocalStorage.enterWith enters can be seen by the items after it.
*  The time that a thread computes is that of its whole process before Node
   23.9.

WHAT ELSE DIFFERS IN BUN

*  There is no Deno, and no error event from what a job dispatches on self.
*  A promise that rejects and that nobody waits for costs the thread, and so
   does an error in the listener of a MessagePort: Bun does not tell whose it
   was.
*  What AsyncLocalStorage.enterWith enters can be seen by the items after it.
*  A job that replaces Symbol.species of typed arrays loses its thread.

The rest is the same, and the same tests say so: records, errors and which item
they belong to, time limits, cancellation, retries, generators, text and bytes,
setup and teardown, what a job prints.

A DENO OF YOUR OWN

--deno runs the job in your own Deno: see tandem help limits.
`;
