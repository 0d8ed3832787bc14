import type { Document } from "../../../model/document.ts";
import type { StreamItem, StreamRun } from "../../../model/result.ts";
import { plainStyle } from "../../style.ts";
import { agreementText, streamSummary, unsentText } from "../../streams_text.ts";
import { plural } from "../../words.ts";
import { eventLanes } from "../charts/lanes.ts";
import type { Markup } from "../markup.ts";
import { type Article, asSentence, beside, figure, notes, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";

const kinds = ["message", "timeout", "interval"] as const satisfies readonly StreamItem["kind"][];
const colors = { message: "c0", timeout: "fails", interval: "c2" } as const;

/** The article of the book's program. */
export function streamsArticle({ result }: Document<"streams">, id: string): Article {
  const { runs, agree } = result;
  const agreement = agreementText(result, plainStyle).trim();
  const count = Math.max(0, ...runs.map(({ items }) => items.length));
  const isTwice = runs.length > 1;
  const producers = runs.map(({ producer }) => `${producer.toUpperCase()}`);
  const rows = Array.from({ length: count }, (_, i) => [
    i + 1,
    ...runs.flatMap(({ items }) => i < items.length ? [`${Math.round(items[i].atMs)} ms`, items[i].text] : ["–", "–"]),
  ]);
  return {
    headline: !isTwice
      ? `${plural(count, "item")}, intervals from a ${runs[0]?.producer ?? "task"}`
      : agree
      ? "A task and a thread give the same items"
      : "A task and a thread give different items",
    tone: agree === false ? "open" : "good",
    lead: [
      ...runs.map((run) => streamSummary(run, plainStyle).trim()),
      ...agreement === "" ? [] : [asSentence(agreement)],
    ],
    sections: [
      section(
        "Events",
        "When main took each item: messages, timeouts between them, and throttled intervals.",
        beside(
          runs.map((run) => lanesOf(run, id)),
          table(
            "All items",
            [
              left("#"),
              ...producers.flatMap((name) => [right(isTwice ? `${name} AT` : "AT"), left(isTwice ? name : "ITEM")]),
            ],
            rows,
          ),
        ),
        notes(runs.map(unsentText).map((text) => text.trim()).filter((text) => text !== "")),
      ),
    ],
  };
}

function lanesOf({ producer, items }: StreamRun, id: string): Markup {
  const lanes = kinds.map((kind) => ({
    label: `${kind}s`,
    times: items.filter((item) => item.kind === kind).map(({ atMs }) => atMs),
    color: colors[kind],
  }));
  const title = `Intervals from a ${producer}`;
  return figure(title, eventLanes(`${id}-${producer}`, `${title}: when each item came`, lanes));
}
