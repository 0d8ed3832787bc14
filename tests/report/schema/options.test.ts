import { assertEquals } from "@std/assert";
import * as v from "valibot";
import type { Shape } from "../../../lib/model/field.ts";
import { fieldsSchemas } from "../../../lib/report/schema/options.ts";

/** A shape, values that it has, and values that it has not. */
const shapes: readonly (readonly [Shape, taken: readonly unknown[], refused: readonly unknown[]])[] = [
  [{ type: "boolean" }, [true, false], ["true", 1, null, undefined]],
  [{ type: "string" }, ["", "a"], [1, null, undefined]],
  [{ type: "integer", min: 1, max: 3 }, [1, 3], [0, 4, 1.5, "1", NaN, null]],
  [{ type: "number", min: 1, max: 3 }, [1, 1.5, 3], [0.9, 3.1, "1", NaN]],
  [{ type: "choice", words: ["a", "b"] }, ["a", "b"], ["c", "", 1]],
  [{ type: "list", of: { type: "integer", min: 0, max: 9 } }, [[], [1, 2]], [1, ["a"], [10], null]],
  [{ type: "either", shapes: [{ type: "boolean" }, { type: "string" }] }, [true, "a"], [1, null]],
  [
    { type: "object", fields: { a: { shape: { type: "boolean" }, about: "a field" } } },
    [{ a: true }, { a: true, later: 1 }], // a later version may have more fields
    [{}, { a: 1 }, null],
  ],
];

for (const [shape, taken, refused] of shapes) {
  Deno.test(`fieldsSchemas: ${shape.type}`, () => {
    const { field } = fieldsSchemas({ field: { shape, about: "what it says" } });
    assertEquals(taken.filter((value) => !v.is(field, value)), []);
    assertEquals(refused.filter((value) => v.is(field, value)), []);
    assertEquals(v.getDescription(field), "what it says");
  });
}

Deno.test("fieldsSchemas: a field may be absent only if it is optional", () => {
  const about = "a flag";
  const shape = { type: "boolean" } as const;
  const schema = v.object(fieldsSchemas({ always: { shape, about }, never: { shape, about, optional: true } }));
  assertEquals([v.is(schema, { always: true }), v.is(schema, { never: true })], [true, false]);
  assertEquals(v.is(schema, { always: true, never: 1 }), false);
});
