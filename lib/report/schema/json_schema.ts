import { toJsonSchema } from "@valibot/to-json-schema";
import { documents, machineSchema, planSchema, printedSchema, toolSchema } from "./mod.ts";

/** The JSON Schema of all JSON that tandem prints or writes as one value; each kind of document is one definition. */
export function jsonSchema(): Readonly<Record<string, unknown>> {
  const definitions = { ...documents, plan: planSchema, tool: toolSchema, machine: machineSchema };
  const { $schema, ...rest } = toJsonSchema(printedSchema, { target: "draft-2020-12", definitions });
  return {
    $schema,
    title: "JSON of tandem",
    description: "A document, whose command tells its kind; a saved plan; or the version. Each is one of $defs. " +
      "Later versions may add fields, so unknown ones are allowed; none is renamed.",
    ...rest,
  };
}
