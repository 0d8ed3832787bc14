import type { Against, CompareResult, ModeChange } from "../../../model/comparison.ts";
import { type ChangeVerdict, modeName } from "../../../model/grid.ts";
import { changeCells, changeColumns, changeLines, oldName } from "../../changes_text.ts";
import { amountText, aroundText } from "../../compare_text.ts";
import { noticeLine } from "../../reason_words.ts";
import { forestPlot } from "../charts/forest.ts";
import type { Strip } from "../charts/strip.ts";
import { type Article, asSentence, beside, notes, section } from "../section.ts";
import { table } from "../table.ts";
import { everyRun, nextSection, withoutMark } from "./compared.ts";
import { timesOf } from "./mode_strips.ts";

/** A comparison of two jobs. */
interface ComparedJobs extends CompareResult {
  readonly against: Against;
  readonly changes: readonly ModeChange[];
}

/** Colours of the verdicts on a change. */
const colors = { faster: "holds", slower: "fails", same: "serial", unclear: "unclear" } as const;

/** The article of two jobs that ran in the same rounds. */
export function changesArticle(result: ComparedJobs, isSameCode: boolean, id: string): Article {
  const { against, changes, modes, control, contention, notices, next } = result;
  const effects = changes.map((change) => ({
    label: modeName(change),
    ratio: change.ratio,
    interval: change.interval,
    color: colors[change.verdict],
  }));
  const title = "Speed of the new job compared with the old one in each mode, with its 95 % interval";
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
        "Change",
        `How many times as fast as ${oldName(against)}, with its 95 % interval. The table has the time of an item.`,
        beside(
          forestPlot(`${id}-change`, title, effects),
          table(
            "Changes",
            changeColumns("N×K", "OLD", "NEW"),
            changes.map((change, i) => changeCells(change, modes[i])),
          ),
        ),
        notes([
          ...isSameCode ? ["Both jobs have the same code."] : [],
          aroundText(result),
          ...notices.map(noticeLine).map(withoutMark),
        ]),
      ),
      ...everyRun(stripsOf(result), id),
      ...nextSection(next),
    ],
  };
}

function headlineOf({ job, against, changes }: ComparedJobs): string {
  const old = oldName(against);
  const [slower, faster] = [has(changes, "slower"), has(changes, "faster")];
  if (slower && faster) return `${job} is faster than ${old} in some modes and slower in others`;
  if (slower) return `${job} is slower than ${old}`;
  if (faster) return `${job} is faster than ${old}`;
  return has(changes, "unclear") ? `No change from ${old} to ${job} is shown` : `${job} is as fast as ${old}`;
}

function has(changes: readonly ModeChange[], wanted: ChangeVerdict): boolean {
  return changes.some(({ verdict }) => verdict === wanted);
}

/** The runs of each mode, the old job's first. */
function stripsOf({ changes, modes }: ComparedJobs): Strip[] {
  return changes.flatMap((change, i) => [
    { label: `${modeName(change)}, old`, values: timesOf(change.old), color: "serial" },
    { label: `${modeName(change)}, new`, values: timesOf(modes[i]), color: change.mode },
  ]).filter(({ values }) => values.length > 0);
}
