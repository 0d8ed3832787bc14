import type { Document } from "../../../model/document.ts";
import { plural } from "../../words.ts";
import { eventLanes } from "../charts/lanes.ts";
import { type Article, beside, section } from "../section.ts";
import { left, right } from "../../table.ts";
import { table } from "../table.ts";

/** The article of the built-in jobs. */
export function jobsArticle({ result: { jobs } }: Document<"jobs">): Article {
  const rows = jobs.map(({ name, about, expects }) => [`@${name}`, about, expects]);
  return {
    headline: `${jobs.length} built-in jobs`,
    tone: "good",
    lead: [],
    sections: [
      section(
        "Jobs",
        "",
        table("Built-in jobs", [left("NAME"), left("WHAT AN ITEM DOES"), left("THEORY SAYS")], rows),
      ),
    ],
  };
}

/** The article of the book's channel. */
export function channelArticle({ result: { items } }: Document<"channel">, id: string): Article {
  const lane = { label: "values", times: items.map(({ atMs }) => atMs), color: "threads" };
  const rows = items.map(({ atMs, value }) => [value, `${Math.round(atMs)} ms`]);
  return {
    headline: `${plural(items.length, "value")} from a thread`,
    tone: "good",
    lead: [],
    sections: [
      section(
        "Events",
        "When main took each value.",
        beside(
          eventLanes(`${id}-values`, "When each value came", [lane]),
          table("All values", [left("VALUE"), right("AT")], rows),
        ),
      ),
    ],
  };
}
