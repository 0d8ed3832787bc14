import { choice, group, type Options, toggle } from "./option.ts";

/** Flags that every command has. */
export const common = group(
  "General",
  {
    color: {
      ...choice(["auto", "always", "never"], "auto", "colour the output"),
      more: "With auto, a terminal has colours, and NO_COLOR and FORCE_COLOR override that.",
    },
    help: { ...toggle("show this help", "h"), more: "-h shows the flags that are used most, --help all of them." },
    version: toggle("show the version", "V"),
  } satisfies Options,
);

/** For commands that can print a document. */
export const json = {
  ...toggle("print one JSON document instead of text"),
  group: "General",
  more: "See: tandem help json.",
};
