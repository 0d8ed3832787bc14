import * as v from "valibot";
import type { Comparable, Head, Results, Tool } from "../../model/document.ts";
import type { Fields } from "../../model/field.ts";
import type { Machine } from "../../model/machine.ts";
import { count, literal, nullValue, number, object, orNull, schemaOf, string, timestamp } from "./fields.ts";
import { fieldsSchemas } from "./options.ts";

/** The program that wrote a document; alone, what `tandem --version --json` prints. */
export const toolSchema = schemaOf<Tool>()(object({
  name: literal("tandem", "the program"),
  version: string("its version"),
  deno: string("the version of Deno that it runs on"),
  v8: string("the version of V8 in it"),
  target: string("what Deno was built for, like x86_64-unknown-linux-gnu"),
}, "the program that wrote this; alone, it is what tandem --version --json prints"));

/** The machine that a document's numbers come from. */
export const machineSchema = schemaOf<Machine>()(object({
  os: string("operating system, in Deno's words"),
  arch: string("architecture of the processor"),
  cpu: string("name of the processor"),
  cores: count("cores of the machine"),
  usableCores: count("cores that affinity and cgroup quota leave"),
  cpuQuota: orNull(v.number(), "CPU time that the cgroup may have, in cores, like 1.5; null: no quota"),
  memoryBytes: count("memory of the machine, or of the container if that may have less, in bytes"),
  freeBytes: count("memory that programs there could still have, in bytes"),
}, "the machine that the numbers come from"));

/** What two documents must share to be comparable. */
const comparable = schemaOf<Comparable>()(object({
  jobSha256: orNull(
    v.string(),
    "the job and what it imports by relative paths, or the names of what is built in; null: no job",
  ),
  itemsSha256: orNull(v.string(), "the items that were given; null: none"),
  optionsSha256: string("the flags but those that only show, save or name the items"),
  machineSha256: string("operating system, architecture, processor and cores"),
  versionsSha256: string("versions of tandem, Deno and V8"),
}, "SHA-256 of what a result depends on: where one differs between two documents, they differ in that"));

/** The seed of a command that shuffles. */
export const seed = count("seed of the shuffling, as --seed says");

/** The seed of a command that has none. */
export const noSeed = nullValue("nothing is shuffled");

/** What all documents have alike. */
const { entries: head } = schemaOf<Omit<Head<keyof Results>, "command" | "options" | "seed">>()(v.object({
  schema: literal(1, "counts the changes that old readers would not understand; a new field is not one"),
  tool: toolSchema,
  startedAt: timestamp("when it began, in UTC"),
  elapsedMs: number("how long it took, in milliseconds"),
  machine: machineSchema,
  comparable,
}));

/** What differs between the documents of two commands, besides the options. */
export interface Parts<S extends v.GenericSchema<number> | v.GenericSchema<null>, R extends v.GenericSchema> {
  readonly seed: S;
  readonly result: R;
}

/**
 * The document of one command, given its flags: the head that all have, and its own parts. `about` says which program prints
 * it.
 */
export function document<
  const C extends keyof Results,
  S extends v.GenericSchema<number> | v.GenericSchema<null>,
  R extends v.GenericSchema<Results[C]>,
>(
  command: C,
  parts: Parts<S, R>,
  about: string,
) {
  return (flags: Fields) => {
    const fields = object({
      ...head,
      command: literal(command, "the command that was run"),
      options: object(fieldsSchemas(flags), `the values of the flags; tandem help ${command} says what they mean`),
      ...parts,
    }, about);
    return v.pipe(fields, v.title(`tandem ${command}`));
  };
}
