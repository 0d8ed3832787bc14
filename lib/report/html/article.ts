import type { AnyDocument } from "../../model/document.ts";
import { comparedName } from "../sides.ts";
import { formatBytes, formatDuration } from "../units.ts";
import { momentText, plural } from "../words.ts";
import { claimsArticle } from "./articles/claims.ts";
import { compareArticle } from "./articles/compare.ts";
import { diffArticle } from "./articles/diff.ts";
import { channelArticle, jobsArticle } from "./articles/lists.ts";
import { runArticle } from "./articles/run.ts";
import { scaleArticle } from "./articles/scale.ts";
import { streamsArticle } from "./articles/streams.ts";
import { type Markup, markup, scriptJson } from "./markup.ts";
import { type Article, facts, section } from "./section.ts";
import { left } from "../table.ts";
import { foldedTable } from "./table.ts";

/** What a page says of a document. Ids begin with `id`, which is unique in the page. */
export function articleOf(document: AnyDocument, id: string): Article {
  switch (document.command) {
    case "claims":
      return claimsArticle(document, id);
    case "compare":
      return compareArticle(document, id);
    case "scale":
      return scaleArticle(document, id);
    case "streams":
      return streamsArticle(document, id);
    case "run":
      return runArticle(document, id);
    case "diff":
      return diffArticle(document, id);
    case "jobs":
      return jobsArticle(document);
    case "channel":
      return channelArticle(document, id);
    default:
      return document satisfies never;
  }
}

/** An article as markup: the banner, its parts, what it was measured on and with, and its JSON. */
export function articleMarkup(document: AnyDocument, article: Article, id: string): Markup {
  const { headline, tone, lead, banner, sections } = article;
  return markup`<article id="${id}" aria-labelledby="${id}-headline"><header class="banner ${tone}"><p class="eyebrow">${
    placeOf(document)
  }</p><h2 id="${id}-headline">${headline}</h2>${lead.map((line) => markup`<p class="lead">${line}</p>`)}${
    banner ?? []
  }</header>${sections}${measuredWith(document)}${data(document, id)}</article>`;
}

/** `tandem compare @primes`: the command of a document, and its job. */
export function commandOf(document: AnyDocument): string {
  switch (document.command) {
    case "compare":
      return `tandem compare ${comparedName(document.result)}`;
    case "diff": {
      const { of, job } = document.result;
      return `tandem diff of ${of}${job === null ? "" : ` ${job}`}`;
    }
    default:
      return `tandem ${document.command}`;
  }
}

function placeOf(document: AnyDocument): string {
  const { cpu, usableCores } = document.machine;
  return [commandOf(document), momentText(document.startedAt), `${cpu}, ${plural(usableCores, "core")}`].join(" · ");
}

function measuredWith({ machine, tool, seed, elapsedMs, startedAt, options }: AnyDocument): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ["Machine", `${machine.cpu}, ${machine.os} ${machine.arch}`],
    ["Cores", `${machine.usableCores} of ${machine.cores} can be used`],
    ["Memory", `${formatBytes(machine.freeBytes)} of ${formatBytes(machine.memoryBytes)} free`],
    ["Versions", `tandem ${tool.version}, Deno ${tool.deno}, V8 ${tool.v8}`],
    ["Begun", startedAt],
    ["Took", formatDuration(elapsedMs)],
    ["Seed", seed === null ? "nothing is shuffled" : `${seed}`],
  ];
  const given = Object.entries(options).map(([name, value]) => [name, JSON.stringify(value) ?? ""]);
  return section(
    "Machine and options",
    "",
    facts(rows),
    given.length === 0 ? [] : foldedTable("All options", [left("OPTION"), left("VALUE")], given),
  );
}

function data(document: AnyDocument, id: string): Markup {
  const name = `tandem-${document.command}-${document.startedAt.slice(0, 19).replaceAll(":", "")}.json`;
  return markup`<button type="button" name="${name}" value="${id}-json">Download the JSON of this result</button><script type="application/json" id="${id}-json">${
    scriptJson(document)
  }</script>`;
}
