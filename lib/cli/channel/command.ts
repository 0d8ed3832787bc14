import type { Row } from "../table/command.ts";
import { common, json, plain } from "../table/common_options.ts";
import { count, duration, type Values } from "../table/option.ts";

/** The flags of `tandem channel`. */
export const channelOptions = {
  count: count(10, "values to send"),
  every: duration("1s", "how long the thread blocks after each value"),
  plain,
  json,
  ...common,
};

/** Their values. */
export type ChannelValues = Values<typeof channelOptions>;

/** `tandem channel`. */
export const row: Row<typeof channelOptions> = {
  name: "channel",
  summary: "A blocking thread feeds a channel that main awaits (Listing 17-42)",
  examples: [
    { line: "tandem channel", what: "1 to 10, one a second" },
    { line: "tandem channel --count 3 --every 200ms", what: "a shorter one" },
  ],
  options: channelOptions,
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
};
