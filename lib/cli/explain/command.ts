import { command } from "../table/command.ts";
import { common } from "../table/common_options.ts";

/** `tandem explain`. */
export const explainCommand = command({
  name: "explain",
  summary: "What a claim says, where it comes from and how it is tested",
  operands: { usage: "[CLAIM...]", min: 0, max: 100 },
  examples: [{ line: "tandem explain both-together", what: "one claim" }, {
    line: "tandem explain",
    what: "all of them",
  }],
  options: common,
  needs: () => ["read"],
  run: async (_values, operands, session) => await (await import("./explain.ts")).run(operands, session),
});
