/** The two programs of the book's chapter 17 about merged streams. */
export const text = `Listing 17-41 of The Rust Programming Language in Deno: messages under a
timeout and throttled intervals are merged, and 20 items are taken.

  tandem streams                          # intervals from a thread
  tandem streams --producer task          # from a task: Listing 17-40
  tandem streams --producer both --plain  # both, one after the other

--producer both says whether the items agree, and how many intervals each
producer left unreceived.

In a pipe, or with --plain, it prints only what the book's program prints:
items on stdout, "Problem: Elapsed(())" on stderr.

A thread cannot be cancelled. At the end it finds its channel closed and says
so on stderr. A task is dropped while it sleeps and says nothing.
`;
