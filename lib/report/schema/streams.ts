import * as v from "valibot";
import type { StreamsResult } from "../../model/result.ts";
import { boolean, count, given, list, number, object, oneOf, orNull, schemaOf, string } from "./fields.ts";
import { document, noSeed } from "./head.ts";

const item = object({
  atMs: number("when main took it, in milliseconds from the run's start"),
  kind: oneOf(["message", "interval", "timeout"], "its source, or the news that a message came too late"),
  text: string("its line, as the program of the book prints it"),
}, "one item of the merged stream");

const run = object({
  producer: oneOf(["task", "thread"], "who produced the intervals"),
  items: list(item, "what main took, in order"),
  backlog: count("intervals that were sent and not received when main took its last item"),
  unsent: orNull(
    v.number(),
    "the interval that could not be sent, as main had closed the channel; null: there was none",
  ),
  elapsedMs: number("from the run's start to its last item, in milliseconds"),
}, "one run of the book's program");

const result = schemaOf<StreamsResult>()(object({
  runs: list(run, "the runs, in order: one, or with --producer both one from a task, then one from a thread"),
  agree: given(boolean("whether both runs gave the same items, source by source; there for two runs")),
  sameOrder: given(boolean("whether the sources were interleaved alike too; there for two runs")),
  difference: given(string("the first item that differs, empty if none does; there for two runs")),
}, "what the runs gave"));

/** The document of `tandem streams`, given its flags. */
export const streamsDocument = document(
  "streams",
  { seed: noSeed, result },
  "what tandem streams --json prints: merged messages and intervals",
);
