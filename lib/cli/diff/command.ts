import type { Row } from "../table/command.ts";
import { common, exportOptions, json } from "../table/common_options.ts";
import { choice, group, often, type Option, repeated, type Values } from "../table/option.ts";

/** The largest margin: twice as much. */
const maxMargin = 1;

/** A share, written in percent: `5%` is 0.05. */
export function percent(fallback: number, help: string): Option<number> {
  const refused = "expected a percentage from 0% to 100%, like 5%";
  return {
    kind: "value",
    fallback,
    help,
    placeholder: "PERCENT",
    shown: `${100 * fallback}%`,
    shape: { type: "number", min: 0, max: maxMargin },
    read(texts) {
      const [, digits] = /^(\d+(?:\.\d+)?) ?%$/.exec(texts.at(-1) ?? "") ?? [];
      const share = Number((Number(digits) / 100).toPrecision(15));
      return share >= 0 && share <= maxMargin ? share : { refused };
    },
    write: (share) => [`${Number((100 * share).toPrecision(15))}%`],
  };
}

/** The flags of `tandem diff`. */
export const diffOptions = {
  ...group("Comparison", {
    margin: {
      ...often(percent(0.02, "the smallest difference worth reporting")),
      more: "A row changed if its whole 95 % interval lies beyond the margin, and did not if all of it lies within.",
    },
  }),
  ...group("General", {
    failOn: {
      ...often(
        repeated(
          choice(["regressed", "slower", "unclear"], "regressed", "exit 1 if a row regressed, 4 if one is unclear"),
        ),
      ),
      more:
        "For a gate in CI: --fail-on regressed. slower means the same. Without it the exit code is 0 whatever is shown.",
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
