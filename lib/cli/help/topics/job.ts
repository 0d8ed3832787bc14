/** The text of `tandem help job`. */
export const text = `A job is a module whose default export is a function of one item, or a generator function:

  export default async function (item, ctx) {   // ctx: signal, index, thread, state
    return item * item;
  }
  export async function setup(ctx) {}           // optional: once in each thread; its value is ctx.state
  export async function teardown(state) {}      // optional
  export const items = [1, 2, 3];               // optional: what compare takes where nothing else is given

tandem run job.js < items.ndjson                 one JSON value a line, in and out
tandem compare job.js --items items.ndjson       serial, tasks, threads or both?

A generator gives any number of results for its item. ctx.index is the item's 0-based place in the input; ctx.signal
aborts when the item is no longer wanted, also for a loop that looks at ctx.signal.aborted and never yields.

Results are written as JSON. undefined, NaN and the infinities become null; a Date its ISO text; a Map its
[key, value] pairs; a Set and typed arrays arrays; an Error { name, message }; a RegExp its source. A function, symbol,
BigInt or cycle is the item's error, and the message names the place.

It runs in threads of its own. It may read its project (the nearest folder upwards with deno.json, deno.jsonc,
package.json or .git) and do nothing else; --allow-read, --allow-write, --allow-net, --allow-env, --allow-run,
--allow-sys and --allow-all grant more. A seat belt, not a jail: in an executable it can also import any JavaScript or
JSON module that you can read. It can import relative paths and node: modules, and with --deno what your own Deno has:
npm packages, and the import map of its project. What it prints goes to stderr,
but for Workers of its own. teardown does not run after Ctrl-C, --fail-fast or a closed pipe.
`;
