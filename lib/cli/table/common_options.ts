import { choice, group, type Option, type Options, repeated, toggle } from "./option.ts";
import { parsePercent, percentText } from "./units.ts";

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

/** The smallest difference worth reporting, as a share. */
export const margin: Option<number> = {
  kind: "value",
  fallback: 0.02,
  help: "the smallest change worth reporting",
  placeholder: "PERCENT",
  shown: "2%",
  shape: { type: "number", min: 0, max: 1 },
  read(texts) {
    const share = parsePercent(texts.at(-1) ?? "");
    return share !== undefined && share <= 1 ? share : { refused: "expected a percentage from 0% to 100%, like 5%" };
  },
  write: (share) => [percentText(share)],
};

/** The verdicts that make the exit code 1, or 4 for "unclear". */
export function failOn<const W extends string>(words: readonly W[]): Option<readonly (W | "unclear")[]> {
  const all = [...words, "unclear"] as const;
  return {
    ...repeated(choice<W | "unclear">(all, "unclear", `exit 1 if one is ${words.join(" or ")}, 4 if one is unclear`)),
    more: `For a gate in CI: --fail-on ${all.join(",")}. Without it the exit code is 0 whatever the verdicts.`,
  };
}
