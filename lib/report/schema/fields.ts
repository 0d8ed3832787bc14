/** The kinds of fields that our documents have. Each takes what the field says, with its unit, as its last argument. */
import * as v from "valibot";

/** A number of any size. */
export function number(about: string) {
  return v.pipe(v.number(), v.description(about));
}

/** A whole number, `least` or more. */
export function count(about: string, least = 0) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.description(about));
}

/** A text. */
export function string(about: string) {
  return v.pipe(v.string(), v.description(about));
}

/** A moment, as `Date` writes it. */
export function timestamp(about: string) {
  return v.pipe(v.string(), v.isoTimestamp(), v.description(about));
}

/** True or false. */
export function boolean(about: string) {
  return v.pipe(v.boolean(), v.description(about));
}

/** One of some words. */
export function oneOf<const W extends readonly string[]>(words: W, about: string) {
  return v.pipe(v.picklist(words), v.description(about));
}

/** Always this value. */
export function literal<const C extends string | number | true>(value: C, about: string) {
  return v.pipe(v.literal(value), v.description(about));
}

/** Always null. */
export function nullValue(about: string) {
  return v.pipe(v.null(), v.description(about));
}

/** A value, or null where there is none: `about` says when. */
export function orNull<S extends v.GenericSchema>(schema: S, about: string) {
  return v.pipe(v.nullable(schema), v.description(about));
}

/** A field that is absent where it has no value. */
export function given<S extends v.GenericSchema>(schema: S) {
  return v.optional(schema);
}

/** Any number of values of one kind. */
export function list<S extends v.GenericSchema>(item: S, about: string) {
  return v.pipe(readonlyArray(v.array(item)), v.description(about));
}

/** Our nouns are readonly; a schema's type says so too. */
function readonlyArray<T>(schema: v.GenericSchema<T[]>) {
  return schema as unknown as v.GenericSchema<readonly T[]>;
}

/** Values of one kind by any names. */
export function record<S extends v.GenericSchema>(value: S, about: string) {
  const schema = v.record(v.string(), value) as unknown as v.GenericSchema<Readonly<Record<string, v.InferOutput<S>>>>;
  return v.pipe(schema, v.description(about));
}

/** Named fields. Later versions may have more of them, so unknown ones are let through. */
export function object<const E extends v.ObjectEntries>(fields: E, about: string) {
  const schema = v.looseObject(fields) as unknown as v.ObjectSchema<E, undefined>; // typed by the fields that it knows
  return v.pipe(schema, v.description(about));
}

/** One of some kinds of object, told apart by their field `kind`. */
export function kinds<const K extends readonly v.GenericSchema[]>(options: K, about: string) {
  const schema = v.variant("kind", options as never) as unknown as v.GenericSchema<v.InferOutput<K[number]>>;
  return v.pipe(schema, v.description(about));
}

/** A schema that takes exactly `T`: the compiler compares the fields of both. */
export function schemaOf<T>() {
  return <const S extends v.GenericSchema>(schema: S & Exactly<T, v.InferOutput<S>>): S => schema;
}

type Exactly<T, Found> = [T] extends [Found] ? [Found] extends [T] ? unknown : Difference<T, Found>
  : Difference<T, Found>;

/** What the compiler shows where a schema and its type differ. */
interface Difference<T, Found> {
  readonly ofType: T;
  readonly ofSchema: Found;
}

/** The two ends of a 95 % interval; null where there is none: `about` says of what, and when. */
export function interval(about: string) {
  const ends = v.strictTuple([v.number(), v.number()]) as unknown as v.GenericSchema<readonly [number, number]>;
  return orNull(ends, `[low, high] of the 95 % interval ${about}`);
}
