import { command } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";
import { count, duration, toggle } from "../table/option.ts";

/** `tandem channel`. */
export const channelCommand = command({
  name: "channel",
  summary: "A blocking thread feeds a channel that main awaits (Listing 17-42)",
  examples: [
    { line: "tandem channel", what: "1 to 10, one a second" },
    { line: "tandem channel --count 3 --every 200ms", what: "a shorter one" },
  ],
  options: {
    count: count(10, "values to send"),
    every: duration("1s", "how long the thread blocks after each value"),
    plain: {
      ...toggle("print the book's lines only"),
      more: "Otherwise a terminal shows the time of each line, too.",
    },
    json,
    ...common,
  },
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
  run: async (values, _operands, session) => await (await import("./channel.ts")).run(values, session),
});
