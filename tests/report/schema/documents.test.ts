import { assert, assertEquals } from "@std/assert";
import { documentSchema, documentsOf } from "../../../lib/report/schema/mod.ts";
import { issuesOf, strictly } from "../strict_schema.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const documents = documentsOf();
const anyDocument = documentSchema(documents);
const saved = (name: string): Json =>
  JSON.parse(Deno.readTextFileSync(new URL(`../../golden/${name}.json`, import.meta.url)));
const names = ["channel", "claims", "compare", "compare_grid", "jobs", "run", "run_timeline", "scale", "streams"];

/** The document with this value at that place. */
function withValue(document: Json, place: readonly string[], value: Json): Json {
  const [name, ...rest] = place;
  if (name === undefined) return value;
  if (Array.isArray(document)) return document.map((item, i) => `${i}` === name ? withValue(item, rest, value) : item);
  assert(typeof document === "object" && document !== null, place.join("."));
  return { ...document, [name]: withValue(document[name] ?? null, rest, value) };
}

/** The places of all values that hold no others; of a list, those of its first item. */
function placesIn(document: Json, place: readonly string[] = []): string[][] {
  if (typeof document !== "object" || document === null) return [[...place]];
  const inside = Array.isArray(document) ? Object.entries(document.slice(0, 1)) : Object.entries(document);
  return inside.flatMap(([name, value]) => placesIn(value, [...place, name]));
}

for (const name of names) {
  Deno.test(`schema: each value of ${name}.json is described, and another kind of value in its place is refused`, () => {
    const document = saved(name);
    const { options: _, ...rest } = document as { [name: string]: Json }; // flags: options.test.ts
    const { command } = rest as { command: keyof typeof documents };
    assertEquals(issuesOf(strictly(documents[command]), { ...rest, options: {} }), []);
    const accepted = placesIn(rest).filter((place) =>
      issuesOf(anyDocument, withValue(document, place, {})).length === 0
    );
    assertEquals(accepted.map((place) => place.join(".")), []);
  });
}

/** A document, a place in it, a value that can be there, and one that cannot. */
const bounds: readonly (readonly [name: string, place: string, taken: Json, refused: Json])[] = [
  ["run", "result.threads", 1, 0],
  ["run", "result.tasks", 1, 0],
  ["run", "result.lines", 0, -1],
  ["run", "result.ok", 0, 0.5],
  ["run_timeline", "result.timeline.leftOut", 0, -1],
  ["run_timeline", "result.timeline.attempts.0.task", 0, -1],
  ["run_timeline", "result.timeline.attempts.0.attempt", 1, 0],
  ["run_timeline", "result.timeline.attempts.0.outcome", "lost", "again"],
  ["run_timeline", "result.timeline.events.0", { kind: "restart", thread: 0, atMs: 1.5 }, { kind: "kill", thread: 0 }],
  ["scale", "result.rungs.0.alive", 1, 0],
  ["scale", "result.fits.0.rungs", 2, 1],
  ["compare", "result.modes.0.threads", 1, 0],
  ["compare", "result.modes.0.tasks", 1, 0],
  ["compare", "result.modes.0.samples.0.round", -99, -100],
  ["compare", "result.modes.0.samples.0.slotCpuMs", [1.5, 2], [null]],
  ["compare", "result.modes.0.samples.0.slotCpuMs", null, 1.5],
  ["compare", "result.modes.0.p99Ms", null, [1]],
  ["compare", "result.modes.0.itemsPerSecond", 1.5, null],
  ["compare", "result.outputsEqual", null, false],
  ["compare", "result.modes.1.reason", { kind: "contended", rounds: 0, foreignCores: 0.1, cores: 1 }, {
    kind: "contended",
    rounds: 0,
    foreignCores: 0.1,
    cores: 0,
  }],
  ["compare_grid", "result.grid.best.threads", 1, 0],
  ["compare_grid", "result.grid.best.tasks", 1, 0],
  ["channel", "schema", 1, 2],
  ["channel", "startedAt", "2026-01-02T03:04:05.000Z", "yesterday"],
];

for (const [name, place, taken, refused] of bounds) {
  Deno.test(`schema: ${place} of ${name}.json can be ${JSON.stringify(taken)}, not ${JSON.stringify(refused)}`, () => {
    const issues = (value: Json) => issuesOf(anyDocument, withValue(saved(name), place.split("."), value));
    assertEquals(issues(taken), []);
    assertEquals(issues(refused).length, 1);
  });
}
