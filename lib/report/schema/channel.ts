import type { ChannelResult } from "../../model/result.ts";
import { count, list, number, object, schemaOf } from "./fields.ts";
import { document, noSeed } from "./head.ts";

const item = object({
  atMs: number("when main received it, in milliseconds from the start"),
  value: count("the value that the thread sent"),
}, "one value that came through the channel");

const result = schemaOf<ChannelResult>()(
  object({ items: list(item, "the values, in order") }, "what came through the channel"),
);

/** The document of `tandem channel`, given its flags. */
export const channelDocument = document(
  "channel",
  { seed: noSeed, result },
  "what tandem channel --json prints: values from a blocking thread",
);
