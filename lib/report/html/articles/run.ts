import type { Document } from "../../../model/document.ts";
import { cellName } from "../../../model/grid.ts";
import { formatBytes, formatDuration } from "../../units.ts";
import { rate, whole } from "../../words.ts";
import { partsBar } from "../charts/bar.ts";
import { missedText } from "../../run_text.ts";
import { type Article, asSentence, facts, section } from "../section.ts";
import { nextSection } from "./compared.ts";
import { timelineSection } from "./run_timeline.ts";

const ends = {
  done: "all of its items",
  "failed-fast": "until its first failed item",
  "too-many-failures": "until too many items had failed (--max-failures)",
  stopped: "until it was stopped",
};

/** The article of a run. */
export function runArticle(document: Document<"run">, id: string): Article {
  const { result, elapsedMs } = document;
  const { ok, failed, skipped, how, next, before, exitCode, latency, timeline } = result;
  const ms = (value: number | null) => value === null ? "–" : formatDuration(value);
  const parts = [
    { label: "ok", value: ok, text: whole(ok), color: "holds" },
    { label: "failed", value: failed, text: whole(failed), color: "fails" },
    { label: "blank lines", value: skipped, text: whole(skipped), color: "skipped" },
  ];
  const rows: readonly (readonly [string, string])[] = [
    ["ok", whole(ok)],
    ["failed", whole(failed)],
    ["blank lines", whole(skipped)],
    ["done before, in the journal", whole(before.ok + before.failed)],
    ["ran again", whole(result.retried)],
    ["threads replaced", whole(result.restarts)],
    ["time", formatDuration(elapsedMs)],
    ["items per second", rate(ok + failed, elapsedMs)],
    ["half of the items took at most", ms(result.p50Ms)],
    ["99 % took at most", ms(result.p99Ms)],
    ["threads × tasks at the end", cellName(result)],
    ["threads run in", result.isolate === "worker" ? "one process" : "a process each"],
    ["read", formatBytes(result.bytesIn)],
    ["written", formatBytes(result.bytesOut)],
  ];
  return {
    headline: `${whole(ok)} ok, ${whole(failed)} failed`,
    tone: failed > 0 ? "bad" : how === "done" ? "good" : "open",
    lead: [
      `It ran ${ends[how]}${exitCode === null ? "" : ` (exit ${exitCode})`}.`,
      ...latency === null || latency.missedMs === null ? [] : [asSentence(missedText(latency))],
    ],
    banner: partsBar(`${id}-items`, `Items: ${parts.map(({ label, text }) => `${text} ${label}`).join(", ")}`, parts),
    sections: [
      section("Numbers", "", facts(rows)),
      ...timeline === undefined ? [] : timelineSection(timeline, id),
      ...nextSection(next),
    ],
  };
}
