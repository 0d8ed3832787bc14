import { choice, type Options, toggle } from "./option.ts";

/** Flags that every command has. */
export const common = {
  color: choice(["auto", "always", "never"], "auto", "colour the output; NO_COLOR and FORCE_COLOR count too"),
  help: toggle("show this help", "h"),
  version: toggle("show the version", "V"),
} satisfies Options;

/** For commands that can print a document. */
export const json = toggle("print one JSON document instead of text");
