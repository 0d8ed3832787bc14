import { choice, group, type Options, toggle } from "./option.ts";

/** Flags that every command has. */
export const common = group(
  "General",
  {
    color: {
      ...choice(["auto", "always", "never"], "auto", "colour the output"),
      more: "With auto, only a terminal gets colours; NO_COLOR and FORCE_COLOR override that.",
    },
    help: {
      ...toggle("show this help", "h"),
      more: "-h shows the most used flags, --help all of them.",
      flagOnly: "action",
    },
    version: { ...toggle("show the version", "V"), flagOnly: "action" },
    showConfig: {
      ...toggle("show each flag's value and its source"),
      more: "Nothing is run. See: tandem help config.",
      flagOnly: "action",
    },
  } satisfies Options,
  { shownOnly: true },
);

/** For commands that can print a document. */
export const { json } = group("General", {
  json: { ...toggle("print one JSON document instead of text"), more: "See: tandem help json." },
}, { shownOnly: true });

/** For the two programs of the book. */
export const plain = {
  ...toggle("print the book's lines only"),
  shownOnly: true,
  more: "Otherwise a terminal shows the time of each line, too.",
};
