/** The readers of this project and the multiplexer that its merge uses; see program.ts. */
import { MuxAsyncIterator } from "@std/async";
import { merge } from "../../../lib/streams/merge.ts";
import { program } from "./program.ts";

await program({
  async channel([source], seen) {
    for await (const _ of source) seen();
  },
  async merge(sources, seen) {
    for await (const _ of merge(...sources)) seen();
  },
  async "merge-slowly"(sources, seen) {
    for await (const _ of merge(...sources)) {
      seen();
      for (let turn = 0; turn < 9; turn++) await undefined;
    }
  },
  async mux(sources, seen) {
    const all = new MuxAsyncIterator<number>();
    for (const source of sources) all.add(source);
    for await (const _ of all) seen();
  },
});
