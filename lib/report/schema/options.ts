import * as v from "valibot";
import type { Field, Fields, Shape } from "../../model/field.ts";
import { given } from "./fields.ts";

/** The schemas of fields that are described as data, as the rows of flags describe their values. */
export function fieldsSchemas(fields: Fields): Readonly<Record<string, v.GenericSchema>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));
}

function fieldSchema({ shape, about, optional = false }: Field): v.GenericSchema {
  const schema = v.pipe(shapeSchema(shape), v.description(about));
  return optional ? given(schema) : schema;
}

function shapeSchema(shape: Shape): v.GenericSchema {
  switch (shape.type) {
    case "boolean":
      return v.boolean();
    case "string":
      return v.string();
    case "integer":
      return v.pipe(v.number(), v.safeInteger(), v.minValue(shape.min), v.maxValue(shape.max));
    case "number":
      return v.pipe(v.number(), v.minValue(shape.min), v.maxValue(shape.max));
    case "choice":
      return v.picklist(shape.words);
    case "list":
      return v.array(shapeSchema(shape.of));
    case "either":
      return v.union(shape.shapes.map(shapeSchema));
    case "object":
      return v.looseObject(fieldsSchemas(shape.fields));
    default:
      return shape satisfies never;
  }
}
