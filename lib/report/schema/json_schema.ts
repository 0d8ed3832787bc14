import { toJsonSchema } from "@valibot/to-json-schema";
import type { Fields } from "../../model/field.ts";
import { documentsOf, machineSchema, planSchema, printedSchema, toolSchema } from "./mod.ts";

/**
 * The JSON Schema of all JSON that tandem prints or writes as one value, given the flags of each command; each kind of document
 * is one definition.
 */
export function jsonSchema(flags: Readonly<Record<string, Fields>>): Readonly<Record<string, unknown>> {
  const documents = documentsOf(flags);
  const definitions = { ...documents, plan: planSchema, tool: toolSchema, machine: machineSchema };
  const { $schema, ...rest } = toJsonSchema(printedSchema(documents), { target: "draft-2020-12", definitions });
  return {
    $schema,
    title: "JSON of tandem",
    description: "A document, whose command tells its kind; a saved plan; or the version. Each is one of $defs. " +
      "Later versions may add fields, so unknown ones are allowed; none is renamed.",
    ...rest,
  };
}
