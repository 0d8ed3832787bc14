/**
 * The texts of saved documents, in all looks. `tests/golden/NAME.json` is what a command printed with `--json`; `NAME.txt` has its
 * texts, and `NAME.md` its Markdown. After a change of the words: deno task golden, and look at the diff.
 */
import { assertEquals } from "@std/assert";
import { claims } from "../../lib/claims/mod.ts";
import type { Document, Results } from "../../lib/model/document.ts";
import { claimsText } from "../../lib/report/claims_text.ts";
import { claimList, explainText } from "../../lib/report/explain_text.ts";
import { renderingOf } from "../../lib/report/renderings.ts";
import { scheduleLines } from "../../lib/report/round_schedule_text.ts";
import { inexactText, lineText, runText } from "../../lib/report/run_text.ts";
import { documentSchema, documentsOf } from "../../lib/report/schema/mod.ts";
import type { Style } from "../../lib/report/style.ts";
import { textWidth } from "../../lib/report/table.ts";
import { proseText } from "../../lib/report/wrap.ts";
import { keptAs } from "../golden.ts";
import { inAllLooks, looks, plainText, shown } from "./looks.ts";
import { issuesOf } from "./strict_schema.ts";

const folder = new URL("../golden/", import.meta.url);
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".json")).toSorted();
const anySaved = documentSchema(documentsOf());

const saved = (name: string): Document<keyof Results> => JSON.parse(Deno.readTextFileSync(new URL(name, folder)));

/** A command to be copied, or a code: it stays in one line. */
const whole = /^(?:Next|Again|Continue|Plan saved): |^ {4}tandem explain /;

for (const name of names) {
  const document = saved(name);
  const render = await renderingOf(document.command, "text");
  keptAs(name.replace(/json$/, "txt"), () => inAllLooks((style) => render(document, style)));

  Deno.test(`golden: ${name} is a document`, () => assertEquals(issuesOf(anySaved, document), []));

  Deno.test(`golden: ${name}: no line is longer than the terminal, and colours and ASCII move nothing`, () => {
    const linesOf = (style: Style) => plainText(shown((style) => render(document, style), style)).split("\n");
    for (const style of looks) {
      const lines = linesOf(style);
      assertEquals(lines.filter((line) => textWidth(line) > style.width && !whole.test(line)), [], `${style.width}`);
      const widths = (of: readonly string[]) => of.map(textWidth);
      assertEquals(widths(lines), widths(linesOf({ ...style, color: false, unicode: true })), `${style.width}`);
    }
  });

  if (/^(jobs|channel)\./.test(name)) continue; // these two have their text only
  const markdown = await renderingOf(document.command, "markdown");
  keptAs(name.replace(/json$/, "md"), () => markdown(document, looks[0]));
}

const full = saved("claims.json") as Document<"claims">;
keptAs(
  "claims_full.txt",
  () => inAllLooks((style) => claimsText({ ...full, result: { ...full.result, effort: "full" } }, style)),
);

const run = saved("run.json") as Document<"run">;
keptAs("run_stopped.txt", () =>
  inAllLooks((style) =>
    runText({
      elapsedMs: 66_100,
      result: {
        ...run.result,
        how: "stopped",
        ok: 49_997,
        failed: 3,
        exitCode: 1,
        threads: 2,
        restarts: 2,
        skipped: 12,
        before: { ok: 20_000, failed: 1 },
        p50Ms: 1.4,
        p99Ms: 12.6,
        next: "tandem run job.js --resume run.journal < items.ndjson >> results.ndjson",
      },
    }, style)
  ));

const schedule = {
  items: 50,
  itemsGiven: 200,
  passes: 4,
  rounds: 8,
  roundsWanted: 12,
  warmupRounds: 2,
  runsPerRound: 5,
  warmup: 20,
  calibrated: 31,
  maxMs: 30_000,
};
keptAs("sentences.txt", () =>
  inAllLooks((style) =>
    proseText([
      ...scheduleLines({ ...schedule, once: undefined }),
      ...scheduleLines({ ...schedule, items: 20, itemsGiven: 9000, once: 1500 }),
      `! ${inexactText({ items: 2, at: lineText(17) })}`,
      "! the summary was not written to GITHUB_STEP_SUMMARY: No such file or directory (os error 2)",
    ], style)
  ));

keptAs("explain.txt", () => inAllLooks((style) => claimList(claims, style)));

keptAs("explain_claim.txt", () => inAllLooks(({ width }) => explainText(claims[0], width)));
