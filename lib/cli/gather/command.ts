import type { Row } from "../table/command.ts";
import { common, maxShards } from "../table/common_options.ts";
import { choice, count, group, often, optional, repeated, text, toggle, type Values } from "../table/option.ts";

/** The flags of `tandem gather`. */
export const gatherOptions = {
  ...group("Output", {
    untag: {
      ...often(toggle("write the values alone, as one machine would have")),
      more: "Error records are written as they are.",
    },
    output: {
      ...choice(
        ["json", "lines", "exec"],
        "json",
        "how --untag writes values: as JSON, strings, or a command's output",
      ),
      more: "It is what --output of the run would have been without --tag; exec is for run --exec.",
    },
    null: toggle("records end with NUL instead of newline, in and out", "0"),
  }),
  ...group("Which lines must be there", {
    items: {
      ...often({
        ...repeated(text("the input of the run", "FILE", "expected the path of a file")),
        flagOnly: "file" as const,
      }),
      more: "Its lines must be there, and no others. Several inputs in the order that the run had them; - is stdin.",
    },
    input: choice(["json", "lines", "csv", "tsv", "array"], "json", "what --items holds, as --input of the run"),
    header: optional(text("the --header of the run", "NAME,...", "expected names, like a,b,c")),
    lines: {
      ...often(optional(count(1, "the input has N lines, and none is blank", 1), "up to the highest that is there")),
      more: "Each of them must be there, and no others.",
    },
    shards: {
      ...optional(count(1, "the number of outputs, for {shard} in OUT", 1, maxShards)),
      more: "tandem gather 'out-{shard}' --shards 8 merges out-0 to out-7, as run --shard names them.",
    },
    sparse: {
      ...toggle("lines may be missing"),
      more: "For generators that may yield nothing, and for inputs with blank lines that --items does not name.",
    },
  }),
  ...group("General", {
    quiet: { ...often(toggle("no progress and no summary", "q")), more: "Warnings and errors are still shown." },
  }, { shownOnly: true }),
  ...common,
};

/** Their values. */
export type GatherValues = Values<typeof gatherOptions>;

/** `tandem gather`. */
export const row: Row<typeof gatherOptions> = {
  name: "gather",
  summary: "Merge the outputs of shards into the order of the input",
  operands: { usage: "OUT...", min: 1, max: 10_000 },
  examples: [
    { line: "tandem gather out.* > all", what: "outputs of run --tag --shard I/N" },
    { line: "tandem gather out.* --items input --untag > all", what: "what one machine would have written, complete" },
    { line: "tandem gather out.* --lines 100000", what: "exit 1 if one of these lines is in no file" },
  ],
  options: gatherOptions,
  needs: () => ["read"],
};
