import { jsonSchema } from "../../../report/schema/json_schema.ts";

/** The JSON Schema of all documents, as JSON. Loading this file loads valibot. */
export const text = `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
