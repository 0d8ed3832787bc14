import type { Against, CompareResult, ModeChange } from "../../../model/comparison.ts";
import { type ChangeVerdict, modeName } from "../../../model/grid.ts";
import { changeCells, changeColumns, changeLines } from "../../changes_text.ts";
import { amountText, aroundText } from "../../compare_text.ts";
import { noticeLine } from "../../reason_words.ts";
import { runtimeRows } from "../../runtimes_table.ts";
import { sidesOf } from "../../sides.ts";
import { forestPlot } from "../charts/forest.ts";
import type { Strip } from "../charts/strip.ts";
import { type Article, asSentence, beside, notes, section } from "../section.ts";
import type { Markup } from "../markup.ts";
import { table } from "../table.ts";
import { everyRun, nextSection, withoutMark } from "./compared.ts";
import { timesOf } from "./mode_strips.ts";

/** A comparison of two jobs, or of one in two runtimes. */
interface ComparedJobs extends CompareResult {
  readonly against: Against;
  readonly changes: readonly ModeChange[];
  readonly elapsedMs: number;
}

/** Colours of the verdicts on a change. */
const colors = { faster: "holds", slower: "fails", same: "serial", unclear: "unclear" } as const;

/** The article of two jobs, or two runtimes of one, that ran in the same rounds. */
export function changesArticle(result: ComparedJobs, isSameCode: boolean, id: string): Article {
  const { against, changes, modes, control, contention, notices, next } = result;
  const sides = sidesOf(result);
  const effects = changes.map((change) => ({
    label: modeName(change),
    ratio: change.ratio,
    interval: change.interval,
    color: colors[change.verdict],
  }));
  const compared = against.runtimes === undefined
    ? "of the new job compared with the old one"
    : `in ${sides.now.name} compared with ${sides.old.name}`;
  const title = `Speed ${compared} in each mode, with its 95 % interval`;
  return {
    headline: headlineOf(result),
    tone: control.failed || contention.contended || has(changes, "slower")
      ? "bad"
      : has(changes, "unclear")
      ? "open"
      : "good",
    lead: [...changeLines(result).map(withoutMark), asSentence(amountText(result))],
    sections: [
      section(
        against.runtimes === undefined ? "Change" : "Difference",
        `How many times as fast as ${sides.old.name}, with its 95 % interval. The table has the time of an item.`,
        beside(
          forestPlot(`${id}-change`, title, effects),
          table(
            "Changes",
            changeColumns(sides, "narrow"),
            changes.map((change, i) => changeCells(change, modes[i])),
          ),
        ),
        notes([
          ...isSameCode ? ["Both jobs have the same code."] : [],
          aroundText(result),
          ...notices.map(noticeLine).map(withoutMark),
        ]),
      ),
      ...against.runtimes === undefined ? [] : [runtimesSection(result)],
      ...everyRun(stripsOf(result), id),
      ...nextSection(next),
    ],
  };
}

/** How each runtime did in each mode. */
function runtimesSection(result: ComparedJobs): Markup {
  const { columns, rows } = runtimeRows(result);
  const [{ mode }] = result.modes;
  const about = `How many times as fast as ${mode} in the same runtime, with its 95 % interval.`;
  return section("Each runtime", about, table("Modes of each runtime", columns, rows));
}

function headlineOf({ job, against, changes }: ComparedJobs): string {
  const { old: { name: old }, now: { name: now } } = sidesOf({ job, against });
  const [slower, faster] = [has(changes, "slower"), has(changes, "faster")];
  if (slower && faster) return `${now} is faster than ${old} in some modes and slower in others`;
  if (slower) return `${now} is slower than ${old}`;
  if (faster) return `${now} is faster than ${old}`;
  if (!has(changes, "unclear")) return `${now} is as fast as ${old}`;
  return against.runtimes === undefined
    ? `No change from ${old} to ${now} is shown`
    : `No difference between ${old} and ${now} is shown`;
}

function has(changes: readonly ModeChange[], wanted: ChangeVerdict): boolean {
  return changes.some(({ verdict }) => verdict === wanted);
}

/** The runs of each mode, the old job's first. */
function stripsOf({ job, against, changes, modes }: ComparedJobs): Strip[] {
  const { old, now } = sidesOf({ job, against });
  return changes.flatMap((change, i) => [
    { label: `${modeName(change)}, ${old.label}`, values: timesOf(change.old), color: "serial" },
    { label: `${modeName(change)}, ${now.label}`, values: timesOf(modes[i]), color: change.mode },
  ]).filter(({ values }) => values.length > 0);
}
