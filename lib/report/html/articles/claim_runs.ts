import type { ClaimsResult, JudgedClaim } from "../../../model/claim.ts";
import type { Strip } from "../charts/strip.ts";
import { type Markup, markup } from "../markup.ts";
import { aboutRuns, smallRunsFigure } from "../runs.ts";
import { section } from "../section.ts";
import { modeStrips } from "./mode_strips.ts";

/** All runs of the works, and of the claims that time something else. */
export function claimRuns({ works, claims }: ClaimsResult, id: string): Markup[] {
  const all = [
    ...works.map(({ work, about, control, modes }) => ({
      title: `${work}: ${about}`,
      strips: modeStrips(modes, control),
    })),
    ...claims.map((claim) => ({ title: claim.sentence, strips: timedStrips(claim) })),
  ].filter(({ strips }) => strips.length > 0);
  if (all.length === 0) return [];
  const figures = all.map(({ title, strips }, i) => smallRunsFigure(`${id}-runs-${i}`, title, strips));
  return [section("Every run", aboutRuns, markup`<div class="cards">${figures}</div>`)];
}

/** The times that a claim compares. On a ladder each of them is of another rung. */
function timedStrips({ effect, evidence }: JudgedClaim): Strip[] {
  const series = Object.entries(evidence?.samples ?? {});
  if (effect === null || series.some(([name]) => name === "aliveCount")) return [];
  return series.filter(([name, { length }]) => name.endsWith("Ms") && length > 0)
    .map(([name, values]) => ({ label: wordsOf(name), values, color: colorOf(name) }));
}

/** `level 0 alone` for `level0AloneMs`. */
function wordsOf(name: string): string {
  return name.replace(/Ms$/, "").replace(/\d+/g, " $&").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function colorOf(name: string): string {
  return /thread/i.test(name) ? "threads" : /task/i.test(name) ? "tasks" : "serial";
}
