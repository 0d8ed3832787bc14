import type { Row } from "../table/command.ts";
import { common, exportOptions, failOn, json, margin } from "../table/common_options.ts";
import { group, often, type Values } from "../table/option.ts";

/** The flags of `tandem diff`. */
export const diffOptions = {
  ...group("Comparison", {
    margin: {
      ...often(margin),
      more: "A row changed if its whole 95 % interval lies beyond the margin, and did not if all of it lies within.",
    },
  }),
  ...group("General", {
    failOn: {
      ...often(failOn(["regressed", "slower"])),
      help: "exit 1 if a row regressed, 4 if one is unclear",
      placeholder: "ANSWER",
      more:
        "For a gate in CI: --fail-on regressed,unclear; slower is regressed. Without it the exit code is 0 whatever is shown.",
    },
    json: often(json),
  }, { shownOnly: true }),
  ...exportOptions("diff"),
  ...common,
};

/** Their values. */
export type DiffValues = Values<typeof diffOptions>;

/** `tandem diff`. */
export const row: Row<typeof diffOptions> = {
  name: "diff",
  summary: "What has changed between two saved documents: improved, regressed, or noise",
  operands: { usage: "BEFORE AFTER", min: 2, max: 2 },
  examples: [
    { line: "tandem diff old.json new.json", what: "two results of one command, saved with --export-json" },
    { line: "tandem diff old.json new.json --margin 5%", what: "report only what is more than 5 %" },
    { line: "tandem diff old.json new.json --fail-on regressed", what: "exit 1 if something is shown to be slower" },
    { line: "tandem diff old.json - --json < new.json", what: "- is stdin" },
  ],
  options: diffOptions,
  needs: () => ["read", "write", "sys"], // write: exports, and the summary that GitHub Actions shows
};
