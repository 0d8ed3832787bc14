/** The book's program about a thread that feeds a channel. */
export const text = `Listing 17-42 of The Rust Programming Language in Deno: a thread that blocks
sends values into a channel, and main awaits them.

  tandem channel                          # 1 to 10, one a second
  tandem channel --count 3 --every 200ms  # a shorter one

In a pipe, or with --plain, it prints only what the book's program prints.
`;
