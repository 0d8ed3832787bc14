import type { Row } from "../table/command.ts";
import { common } from "../table/common_options.ts";

/** `tandem explain`. */
export const row: Row<typeof common> = {
  name: "explain",
  summary: "What a claim says, where it comes from and how it is tested",
  operands: { usage: "[CLAIM...]", min: 0, max: 100 },
  examples: [{ line: "tandem explain both-together", what: "one claim" }, {
    line: "tandem explain",
    what: "all of them",
  }],
  options: common,
  needs: () => ["read"],
};
