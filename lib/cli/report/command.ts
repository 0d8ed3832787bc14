import type { Row } from "../table/command.ts";
import { common, exportOptions, exportsIn, formatWords } from "../table/common_options.ts";
import { choice, group, often, type Values } from "../table/option.ts";

/** The flags of `tandem report`. */
export const reportOptions = {
  ...group("General", {
    format: often(choice(formatWords, "text", "print the documents in this format")),
  }, { shownOnly: true }),
  ...exportOptions("claims", "compare", "run", "scale", "streams"),
  ...common,
};

/** Their values. */
export type ReportValues = Values<typeof reportOptions>;

/** `tandem report`. */
export const row: Row<typeof reportOptions> = {
  name: "report",
  summary: "Show saved documents, or export them, without measuring again",
  operands: { usage: "FILE...", min: 1, max: 1000 },
  examples: [
    { line: "tandem report result.json", what: "as its command showed it; --export-json result.json saved it" },
    { line: "tandem report result.json --format markdown", what: "in another format, to stdout" },
    { line: "tandem report a.json b.json --export-csv both.csv", what: "the rows of two documents in one file" },
    { line: "tandem report - --format csv < result.json", what: "- is stdin" },
  ],
  options: reportOptions,
  needs: (values) => ["read", ...exportsIn(values).length === 0 ? [] : ["write"] as const],
};
