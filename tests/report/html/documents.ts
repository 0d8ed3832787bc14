import type { AnyDocument, Document } from "../../../lib/model/document.ts";

const folder = new URL("../../golden/", import.meta.url);

/** A document that a command printed with `--json`. */
export function saved(name: string): AnyDocument {
  return JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, folder)));
}

/** The names of all of them. */
export const savedNames: readonly string[] = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".json")).map((name) => name.replace(/\.json$/, "")).toSorted();

/** A text that would be markup where it is not escaped, and end what it stands in. */
export const hostile = "</script></title>\"'><img src=x onerror=alert(1)><!--";

/** A saved comparison of a job with that name. */
export function comparisonOf(job: string): Document<"compare"> {
  const document = saved("compare");
  if (document.command !== "compare") throw new Error("not a comparison");
  return { ...document, options: { job }, result: { ...document.result, job, next: `tandem run ${job}` } };
}
