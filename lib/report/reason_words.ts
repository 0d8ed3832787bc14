/** Reasons, advice and notices in words: the data is in model/reason.ts. Flags are those of this program. */
import { modeName } from "../model/grid.ts";
import type { Advice, Change, ClaimReason, NoAdviceReason, Notice, UseReason, Work } from "../model/reason.ts";
import type { Unit } from "../model/quantity.ts";
import { printableLine } from "./printable.ts";
import { quantityText } from "./quantity_text.ts";
import { formatBytes, formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";
import { plural, pluralIs } from "./words.ts";

/** Why something is as it is, as the end of a sentence. */
export function reasonText(reason: NoAdviceReason | ClaimReason): string {
  switch (reason.kind) {
    case "too-few-rounds":
      return `${pluralIs(reason.rounds, "round")} too few: ${reason.needed} are needed (--rounds, --max-time)`;
    case "control-failed":
      return "the A/A control failed, runs of the same kind differ: run it again when nothing else runs";
    case "contended": {
      const busy = `${reason.foreignCores.toFixed(2)} of ${plural(reason.cores, "core")} on average`;
      const when = plural(reason.rounds, "round");
      return `other programs took needed cores in ${when} (${busy}): run it again when nothing else runs`;
    }
    case "no-difference":
      return "no difference shown";
    case "modes-left-out":
      return "not all modes were measured (--modes)";
    case "too-few-cores":
      return `needs ${plural(reason.cores, "core")}; only ${reason.usableCores} can be used on this machine`;
    case "too-little-memory": {
      const [needed, most] = [reason.neededBytes, reason.maxBytes].map(formatBytes);
      return `needs ${needed} of memory; at most ${most} may be used (--max-memory)`;
    }
    case "left-out":
      return `left out by --${reason.effort}`;
    case "time-up":
      return "the time was up before it could be measured: --max-time";
    case "stopped":
      return "not measured: it was stopped";
    case "not-run":
      return `it could not be measured: ${printableLine(reason.message)}`;
    case "not-measurable":
      return "a program cannot measure it";
    case "counted":
      return "what was counted decides it";
    case "beyond-limit":
      return `the interval lies ${reason.side} ${limitText(reason)}`;
    case "both-sides":
      return `the interval lies on both sides of ${limitText(reason)}: try more rounds or a quieter machine`;
    case "not-significant": {
      const tested = plural(reason.claims, "claim");
      return `not significant when ${tested} are tested (p = ${reason.p.toFixed(3)}): try more rounds`;
    }
    default:
      return reason satisfies never;
  }
}

function limitText({ at, unit }: { readonly at: number; readonly unit: Unit }): string {
  return unit === "ratio" ? `${at}×` : quantityText({ value: at, unit, of: null });
}

/** What to use and why, and what would change that: lines. */
export function adviceLines(advice: Advice): string[] {
  if (advice.kind === "none") return [`No advice: ${reasonText(advice.reason)}.`];
  return [
    `→ Use ${modeName(advice)}: ${useText(advice.reason)}.`,
    ...advice.changes.map((change) => `  ${changeText(change)}.`),
  ];
}

/** Why a cell is recommended, as the end of a sentence. */
export function useText({ work, ratio, interval, wider }: UseReason): string {
  const range = interval === null ? "" : ` (${formatInterval(interval)})`;
  const speed = ratio === null
    ? "nothing else is shown to be faster"
    : `it is ${formatRatio(ratio)} as fast as serial${range}`;
  const kind = work === null ? "" : `${workText(work)}, and `;
  if (wider === null) return `${kind}${speed}`;
  const between = formatInterval(wider.interval) || "too few rounds";
  return `${kind}${speed}; ${modeName(wider.cell)} uses more and is not shown to be 2 % faster (${between})`;
}

function workText(work: Work): string {
  switch (work.kind) {
    case "tiny":
      return `an item takes only ${formatDuration(work.itemMs)}`;
    case "sending":
      return "sending an item takes longer than the work on it";
    case "blocking":
      return `an item blocks its thread (${percent(work.share)} of its time)`;
    case "computing":
      return `an item computes (${percent(work.share)} of its time)`;
    case "waiting":
      return `an item waits (${percent(work.share)} of its time)`;
    case "mixed":
      return `an item computes ${percent(work.computing)} of its time and waits ${percent(work.waiting)}`;
    default:
      return work satisfies never;
  }
}

function changeText(change: Change): string {
  switch (change.kind) {
    case "start-up": {
      const longer = formatDuration(change.longerMs);
      return `It pays from ${plural(change.items, "item")} on: its threads take ${longer} more to start`;
    }
    case "own-cost":
      return `Our own cost is ${percent(change.share)} of an item's time: put more work into each item`;
    case "sending":
      return `Sending takes ${percent(change.share)} of an item's time: send a path or a number instead of the data`;
    case "lag": {
      const late = formatDuration(change.lagP99Ms);
      return `A timer in its threads can be ${late} late (p99): where that matters, run fewer tasks`;
    }
    default:
      return change satisfies never;
  }
}

/** A notice as a line: its cause, and what to try. */
export function noticeLine(notice: Notice): string {
  return `! ${noticeText(notice)}.`;
}

function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case "late-errors": {
      const times = notice.errors === 1 ? "once" : `${notice.errors} times`;
      return `the job threw ${times} after an item's end, which failed no item: ${
        printableLine(notice.message.split("\n")[0])
      }`;
    }
    case "fewer-rounds": {
      const why = {
        stopped: "it was stopped",
        settled: "every difference was settled (--stop-early)",
        time: "time was up (--max-time)",
      };
      const were = notice.rounds === 1 ? "was" : "were";
      return `only ${notice.rounds} of ${plural(notice.planned, "round")} ${were} run: ${why[notice.why]}`;
    }
    case "short-runs": {
      const ms = formatDuration(notice.ms);
      return `a run of ${notice.mode} took only ${ms}, so its start and end distort it: give more items or more time`;
    }
    case "slow-round": {
      const factor = threeDigits(notice.factor);
      const what = `round ${notice.round} of ${notice.mode} took ${factor}× its median (still counted)`;
      return notice.round === 1 ? `${what}; if that recurs: --warmup 1` : what;
    }
    default:
      return notice satisfies never;
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
