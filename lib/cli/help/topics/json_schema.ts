import type { Fields } from "../../../model/field.ts";

/** The JSON Schema of all documents, as JSON, given the flags of each command. */
export async function text(flags: Readonly<Record<string, Fields>>): Promise<string> {
  const { jsonSchema } = await import("../../../report/schema/json_schema.ts"); // valibot: only for this topic
  return `${JSON.stringify(jsonSchema(flags), undefined, 2)}\n`;
}
