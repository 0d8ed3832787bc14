import { choice, type Option, repeated } from "./option.ts";
import { parsePercent, percentText } from "./units.ts";

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
