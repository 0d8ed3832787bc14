import type { Style } from "./style.ts";
import { left, table } from "./table.ts";
import { asText, wrapLines } from "./wrap.ts";

/** A claim, and what is to be said of it. */
export interface ExplainedClaim {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  readonly explained: {
    readonly stands: string;
    readonly measured: string;
    readonly reading: string;
    readonly elsewhere: readonly { readonly says: string; readonly source: string }[];
    readonly byHand: string;
  };
}

/** All that there is to say of a claim. The code is as it is, so that it can be copied. */
export function explainText({ id, sentence, source, explained }: ExplainedClaim, width: number): string {
  const { stands, measured, reading, elsewhere, byHand } = explained;
  const section = (title: string, text: string) => ["", title, ...wrapLines([`  ${flat(text)}`], width)];
  return asText([
    ...wrapLines([`${id}: "${sentence}" (${source})`], width),
    ...section("Where it stands", stands),
    ...section("What is measured", measured),
    ...section("How to read the result", reading),
    ...elsewhere.length === 0 ? [] : ["", "What others report"],
    ...elsewhere.flatMap(({ says, source }) => wrapLines([`  ${flat(says)}`, `    ${source}`], width)),
    "",
    "By hand: save it as try.ts, and deno run -A try.ts",
    ...byHand.split("\n").map((line) => `  ${line}`),
    "",
    `Test it: tandem claims ${id}`,
    "",
  ]);
}

/** The claims in a list. */
export function claimList(
  claims: readonly Omit<ExplainedClaim, "explained">[],
  { width }: Pick<Style, "width">,
): string {
  const columns = ["CLAIM", "SAYS", "SOURCE"].map(left);
  const lines = table(columns, claims.map(({ id, sentence, source }) => [id, sentence, source]));
  const fits = lines.every((line) => line.length <= width);
  const shown = fits
    ? lines
    : claims.flatMap(({ id, sentence, source }) => [id, ...wrapLines([`  ${sentence} (${source})`], width)]);
  return asText(shown);
}

/** Paragraphs of source code in one line. */
function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}
