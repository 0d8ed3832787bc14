const { jsonSchema } = await import("../../../report/schema/json_schema.ts"); // valibot: only for who asks

/** The text of `tandem help json-schema`. */
export const text = `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
