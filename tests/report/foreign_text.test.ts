import { assert, assertEquals } from "@std/assert";
import type { Document, Results } from "../../lib/model/document.ts";
import { type Format, renderingOf } from "../../lib/report/renderings.ts";
import { documentSchema, documentsOf } from "../../lib/report/schema/mod.ts";
import { looks, plainText, shown } from "./looks.ts";
import { issuesOf } from "./strict_schema.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const folder = new URL("../golden/", import.meta.url);
const anySaved = documentSchema(documentsOf());

/** Goes back to the line's start, turns colours on, rings, turns the direction of text, and begins a line. */
const hostile = "a\r\x1b[31m\x07\x7f\x9b31m\u202e\u2066\u061c\u2028\tb\nFORGED";
const harmful = /(?!\n)[\p{Control}\p{Bidi_Control}\u2028\u2029]/u;

/** What the saved documents lack: places for texts of others. */
const planted: Readonly<Record<string, readonly (readonly [place: string, value: Json])[]>> = {
  "claims.json": [["result.effort", "full"], ["result.claims.0.verdict", "unclear"], ["result.claims.0.reason", {
    kind: "not-run",
    message: "x",
  }]],
  "compare.json": [
    ["result.notices.0", { kind: "late-errors", errors: 2, message: "x" }],
    ["result.savedPlan", "x"],
    ["result.next", "x"],
  ],
  "run.json": [["result.next", "x"]],
  "scale.json": [["result.rungs.3.stoppedBy", "crashed"], ["result.rungs.3.said", "x"]],
  "streams.json": [["result.agree", false], ["result.difference", "x"]],
};

/** The value with another one at that place. */
function withValue(document: Json, [name, ...rest]: readonly string[], value: Json): Json {
  if (name === undefined) return value;
  if (Array.isArray(document)) return document.map((item, i) => `${i}` === name ? withValue(item, rest, value) : item);
  assert(typeof document === "object" && document !== null, name);
  return { ...document, [name]: withValue(document[name] ?? null, rest, value) };
}

/** The places of all texts in a document. */
function textsIn(value: Json, place: readonly string[] = []): string[][] {
  if (typeof value === "string") return [[...place]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => textsIn(inside, [...place, name]));
}

/** The document with a hostile text in every place that may hold any text. */
function hostileDocument(name: string): { readonly document: Json; readonly places: readonly string[] } {
  const saved: Json = JSON.parse(Deno.readTextFileSync(new URL(name, folder)));
  const document = (planted[name] ?? []).reduce(
    (all, [place, value]) => withValue(all, place.split("."), value),
    saved,
  );
  assertEquals(issuesOf(anySaved, document), [], "what is planted is no document");
  const kinds = Map.groupBy(
    textsIn(document),
    (place) => place.map((part) => /^\d+$/.test(part) ? "*" : part).join("."),
  );
  const free = [...kinds].filter(([, [first]]) => issuesOf(anySaved, withValue(document, first, hostile)).length === 0);
  const places = free.flatMap(([, alike]) => alike);
  return {
    document: places.reduce(
      (all, place) =>
        issuesOf(anySaved, withValue(all, place, hostile)).length === 0 ? withValue(all, place, hostile) : all,
      document,
    ),
    places: free.map(([kind]) => kind),
  };
}

for (const { name } of [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".json"))) {
  Deno.test(`foreign texts: whatever is written in ${name}, its texts do nothing to a terminal, and forge no line`, async () => {
    const { document, places } = hostileDocument(name);
    assert(places.includes("machine.cpu"), `${places}`);
    const { command } = document as unknown as Document<keyof Results>;
    for (const format of ["text", "json"] satisfies Format[]) {
      const render = await renderingOf(command, format);
      for (const style of [...looks, { ...looks[0], width: 100_000 }]) {
        const text = shown((style) => render(document as unknown as Document<keyof Results>, style), style);
        const plain = plainText(text);
        const bad = plain.split("\n").filter((line) => harmful.test(line));
        assertEquals(bad.slice(0, 3).map((line) => JSON.stringify(line)), [], `${format}, ${style.width} columns`);
        if (style.width > 1000) assertEquals(plain.split("\n").filter((line) => /^\s*FORGED/.test(line)), []);
      }
    }
  });
}
