import * as v from "valibot";

/** The kinds of schemas that lib/report/schema is made of. */
type Known =
  | v.LooseObjectSchema<v.ObjectEntries, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.NullableSchema<v.GenericSchema, undefined>
  | v.OptionalSchema<v.GenericSchema, undefined>
  | v.UnionSchema<v.GenericSchema[], undefined>
  | v.VariantSchema<string, v.LooseObjectSchema<v.ObjectEntries, undefined>[], undefined>
  | v.RecordSchema<v.StringSchema<undefined>, v.GenericSchema, undefined>
  | v.StrictTupleSchema<v.TupleItems, undefined>
  | v.StringSchema<undefined>
  | v.NumberSchema<undefined>
  | v.BooleanSchema<undefined>
  | v.NullSchema<undefined>
  | v.LiteralSchema<string, undefined>
  | v.PicklistSchema<readonly string[], undefined>;

/** The same schema, but a field that it does not know is an issue: our own documents have none. */
export function strictly(given: v.GenericSchema): v.GenericSchema {
  if ("pipe" in given) {
    const [first, ...rest] = given.pipe as [v.GenericSchema, ...v.PipeItem<unknown, unknown, v.BaseIssue<unknown>>[]];
    return v.pipe(strictly(first), ...rest);
  }
  const schema = given as Known;
  switch (schema.type) {
    case "loose_object":
      return v.strictObject(Object.fromEntries(
        Object.entries(schema.entries).map(([name, field]) => [name, strictly(field as v.GenericSchema)]),
      ));
    case "array":
      return v.array(strictly(schema.item));
    case "nullable":
      return v.nullable(strictly(schema.wrapped));
    case "optional":
      return v.optional(strictly(schema.wrapped));
    case "union":
      return v.union(schema.options.map(strictly));
    case "variant":
      return v.union(schema.options.map(strictly));
    case "record":
      return v.record(v.string(), strictly(schema.value));
    case "strict_tuple":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "literal":
    case "picklist":
      return schema;
    default:
      throw new TypeError(`a kind of schema that this cannot make strict: ${(schema satisfies never as Known).type}`);
  }
}

/** What a value has that a schema does not, or the other way round: each as `path: what is wrong`. */
export function issuesOf(schema: v.GenericSchema, value: unknown): string[] {
  return (v.safeParse(schema, value).issues ?? []).map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
}
