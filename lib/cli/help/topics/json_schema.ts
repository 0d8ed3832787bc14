const { jsonSchema } = await import("../../../report/schema/json_schema.ts"); // valibot: only for this topic

/** The JSON Schema of all documents, as JSON. */
export const text = `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
