import type { Document } from "../../../model/document.ts";
import { resolutionBytes, type ScaleKind, scaleKinds, type ScaleResult, type ScaleRung } from "../../../model/scale.ts";
import { costLines, endLines, forecastLines, numbersOf, stopText, taskOf } from "../../scale_text.ts";
import { formatRatio } from "../../units.ts";
import { plural, whole } from "../../words.ts";
import { logAxis } from "../charts/axis.ts";
import { across, linePlot, type Series } from "../charts/lines.ts";
import type { Markup } from "../markup.ts";
import { type Article, beside, figure, notes, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";

const height = 270;

/** The article of a ladder. */
export function scaleArticle({ result }: Document<"scale">, id: string): Article {
  const { rungs, fits } = result;
  const reached = rungs.filter(({ stoppedBy }) => stoppedBy === null);
  const stopped = rungs.filter(({ stoppedBy }) => stoppedBy !== null);
  const rows = reached.toSorted((a, b) => scaleKinds.indexOf(a.kind) - scaleKinds.indexOf(b.kind))
    .map((rung) => [rung.kind, whole(rung.alive), ...numbersOf(rung)]);
  return {
    headline: headlineOf(result),
    tone: "good",
    lead: [...costLines(fits).slice(0, 1), ...forecastLines(result), ...endLines(result.threadsEnd)],
    sections: [
      section(
        "Memory and start",
        "Against how many of a kind wait at the same time. All axes are logarithmic.",
        beside(
          [
            figure(
              "Memory of all",
              plot(reached, { id: `${id}-memory`, what: "memory", unit: "bytes", valueOf: memoryOf }),
            ),
            figure(
              "Time to start all",
              plot(reached, { id: `${id}-start`, what: "time", unit: "ms", valueOf: startOf }),
            ),
          ],
          table("All rungs", [left("KIND"), ...["ALIVE", "TOTAL", "EACH", "START", "END"].map(right)], rows),
        ),
        notes(stopped.map((rung) => `${countOf(rung)}: ${stopText(rung)}`)),
      ),
    ],
  };
}

/** What is plotted against the number alive. */
interface Measure {
  readonly id: string;
  readonly what: string;
  readonly unit: "bytes" | "ms";
  valueOf(rung: ScaleRung): number | null;
}

function plot(rungs: readonly ScaleRung[], { id, what, unit, valueOf }: Measure): Markup {
  const series = scaleKinds.flatMap((kind, i): Series[] => {
    const points = rungs.flatMap((rung): (readonly [number, number])[] => {
      const value = rung.kind === kind ? valueOf(rung) : null;
      return value === null || value <= 0 ? [] : [[rung.alive, value]];
    });
    return points.length === 0
      ? []
      : [{ label: kind, points: points.toSorted(([a], [b]) => a - b), color: colorOf(kind, i) }];
  });
  const points = series.flatMap((one) => one.points);
  return linePlot(id, `The ${what} of all against the number alive, both on logarithmic axes`, series, {
    x: logAxis(points.map(([alive]) => alive), "count", across),
    y: logAxis(points.map(([, value]) => value), unit, [height, 0]),
    height,
    axes: { across: "number alive", up: what },
  });
}

function headlineOf({ fits }: ScaleResult): string {
  const [task, thread] = [taskOf(fits), fits.find(({ kind }) => kind === "thread")];
  if (task === undefined || thread === undefined) return "What a waiting task or thread costs";
  return `A thread takes ${formatRatio(thread.bytesEach / task.bytesEach)} the memory of a ${task.kind} task`;
}

const colorOf = (kind: ScaleKind, i: number) => kind === "thread" ? "threads" : `c${i}`;

/** Memory that can be told from what a heap has free anyway. */
const memoryOf = ({ totalBytes }: ScaleRung) =>
  totalBytes !== null && totalBytes >= resolutionBytes ? totalBytes : null;

const startOf = ({ startMs }: ScaleRung) => startMs;

const countOf = ({ kind, alive }: ScaleRung) => kind === "thread" ? plural(alive, kind) : plural(alive, `${kind} task`);
