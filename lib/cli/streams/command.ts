import type { Row } from "../table/command.ts";
import { common, exportKinds, exportOptions, json, plain } from "../table/common_options.ts";
import { choice, count, duration, group, often, type Values } from "../table/option.ts";

/** The flags of `tandem streams`. */
export const streamsOptions = {
  ...group("Streams", {
    producer: often(choice(["task", "thread", "both"], "thread", "who produces the intervals")),
    timeout: often(duration("200ms", "longest wait for a message")),
    throttle: often(duration("500ms", "shortest time between two intervals")),
    interval: often(duration("1ms", "time between two ticks of the producer", 0.1)),
    take: often(count(20, "items to take before everything stops")),
  }),
  ...group("General", { plain: often(plain), json: often(json) }),
  ...exportOptions("streams"),
  ...common,
};

/** Their values. */
export type StreamsValues = Values<typeof streamsOptions>;

/** `tandem streams`. */
export const row: Row<typeof streamsOptions> = {
  name: "streams",
  summary: "Merged messages and intervals of the Rust book (Listing 17-41)",
  examples: [
    { line: "tandem streams", what: "20 items in about 2 s, intervals from a thread" },
    { line: "tandem streams --producer task", what: "the same, intervals from a task (Listing 17-40)" },
    { line: "tandem streams --producer both", what: "both in turn: do the items agree?" },
  ],
  options: streamsOptions,
  needs: (values) => ["read", ...values.json ? ["sys"] as const : [], ...exportKinds(values)],
};
