import { findBuiltin } from "../../jobs/builtin.ts";
import type { JobReference } from "../../model/item.ts";
import type { Inputs } from "../../exec/input/byte_reader.ts";

/** The items of a built-in job, as the lines that `run` reads; undefined for a user's job. */
export async function builtinInputs(reference: JobReference, separator: string): Promise<Inputs | undefined> {
  const module = reference.kind === "builtin" ? await findBuiltin(reference.name)?.load() : undefined;
  return module && inputOf(module.items, separator);
}

/** One input that is in memory. */
export function inputOf(items: readonly unknown[], separator: string): Inputs {
  const bytes = new TextEncoder().encode(items.map((item) => `${JSON.stringify(item)}${separator}`).join(""));
  let at = 0;
  const reader = {
    read(into: Uint8Array): Promise<number | null> {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return Promise.resolve(part.length || null);
    },
    close() {},
  };
  let given = false;
  return {
    next() {
      const next = given ? undefined : reader;
      given = true;
      return Promise.resolve(next);
    },
    totalBytes: () => bytes.length,
  };
}
