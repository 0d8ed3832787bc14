/** The readers of rxjs and ix, over the sources that ours.ts reads; see ../program.ts. */
import { channel } from "../../../../lib/streams/channel.ts";
import { program } from "../program.ts";

/** A computed name: these packages are in the lock file of this folder, and the project's knows nothing of them. */
const load = (name) => import(name);
const { AsyncSink } = await load("ix/asynciterable/asyncsink");
const { merge: mergeOfIx } = await load("ix/asynciterable/merge");
const { from, merge } = await load("rxjs");

await program({
  "ix-merge": async (sources, seen) => {
    for await (const _ of mergeOfIx(...sources)) seen();
  },
  /** The queue of ix, filled as the channel was; the filling counts, and is little beside the reading. */
  "ix-sink": async ([source], seen) => {
    const sink = new AsyncSink();
    for await (const value of source) sink.write(value);
    sink.end();
    for await (const _ of sink) seen();
  },
  /** A subscriber is called with each value and cannot slow the sources. */
  "rxjs-push": (sources, seen) =>
    new Promise((resolve, reject) =>
      merge(...sources.map((source) => from(source))).subscribe({ next: seen, complete: resolve, error: reject })
    ),
  /** The same, read with `for await` as the others are: what the subscriber gets waits in a channel. */
  "rxjs-pull": async (sources, seen) => {
    const { sender, receiver } = channel();
    merge(...sources.map((source) => from(source))).subscribe({
      next: sender.send,
      complete: sender.close,
      error: sender.fail,
    });
    for await (const _ of receiver) seen();
  },
});
