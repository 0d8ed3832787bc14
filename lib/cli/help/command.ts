import type { Row } from "../table/command.ts";
import { common } from "../table/common_options.ts";

/** `tandem help`. */
export const row: Row<typeof common> = {
  name: "help",
  summary: "Show the help of a command or a topic",
  operands: { usage: "[COMMAND|TOPIC]", min: 0, max: 1 },
  examples: [
    { line: "tandem help streams", what: "the flags of a command" },
    { line: "tandem help exit-codes", what: "a topic" },
  ],
  options: common,
  needs: () => ["read"],
};
