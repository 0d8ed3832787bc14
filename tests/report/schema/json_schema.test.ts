import { assert, assertEquals } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { fieldsByCommand } from "../../../lib/cli/table/fields.ts";
import { jsonSchema } from "../../../lib/report/schema/json_schema.ts";

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

const schema = jsonSchema(fieldsByCommand(await loadCommands())) as unknown as Schema;

/** The paths of fields that have no description of their own, which is a text. */
function undescribed(part: unknown, path: string): string[] {
  if (typeof part !== "object" || part === null) return [];
  const { properties = {}, ...rest } = part as Pick<Schema, "properties">;
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [
      ...(field.description?.length ?? 0) > 0 || "$ref" in field ? [] : [`${path}.${name}`],
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...Object.entries(rest).flatMap(([name, inner]) => undescribed(inner, `${path}.${name}`)),
  ];
}

Deno.test("jsonSchema: each kind of document, and each of its fields, is described in words", () => {
  assertEquals(Object.keys(schema.$defs).toSorted(), [
    "channel",
    "claims",
    "compare",
    "diff",
    "jobs",
    "machine",
    "plan",
    "run",
    "scale",
    "streams",
    "tool",
  ]);
  assertEquals(undescribed(schema.$defs, ""), []);
  const described = [schema, ...Object.values(schema.$defs)].map(({ description }) => description);
  assert(described.every((text) => typeof text === "string" && text.length > 0), `${described}`);
});

Deno.test("jsonSchema: a metric says its unit, whether it is over all runs, and when it is null", () => {
  const { modes } = schema.$defs.compare.properties?.result.properties as unknown as {
    readonly modes: { readonly items: Schema };
  };
  const mode = modes.items.properties ?? {};
  const { items: sample } = mode.samples as unknown as { readonly items: Schema };
  assertEquals(
    [mode.p99Ms, mode.rssBytes, mode.itemsPerSecond, sample.properties?.p99Ms, sample.properties?.slotCpuMs].map((
      field,
    ) => field?.description),
    [
      "99 % of the items took no longer, from start to end, in milliseconds, over all runs; null: not measured",
      "memory of the program at the end, including the processes of its slots, in bytes, over all runs",
      "items per second",
      "99 % of the items took no longer, from start to end, in milliseconds; null: not measured",
      "CPU time of each slot's thread while it had work, in milliseconds; null: Deno cannot tell",
    ],
  );
  assertEquals(["cpuMs" in mode, "itemsPerSecond" in (sample.properties ?? {})], [false, false]);
});
