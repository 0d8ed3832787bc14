import { CodedError, cutText } from "../wire/error_record.ts";
import { exec, stringify } from "../../natives.ts";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** V8's longest string has fewer characters (String::kMaxLength is 2^29 - 24). */
export const maxTextLength = 2 ** 29;

/** Steps shown at each end of a long path. */
const shownSteps = 8;

/** Characters shown of a long property name or Map key. */
const shownCharacters = 60;

/** A result, or something inside it, that JSON cannot hold. The message says where, what was found, and what to do. */
export class UnencodableError extends CodedError {
  constructor(message: string) {
    super("UnencodableError", message, "result-not-json");
  }
}

/** The error of a result whose record would be longer than `limit`; that of texts if it is `maxTextLength`. */
export function tooLong(limit: number): CodedError {
  return limit < maxTextLength
    ? new CodedError("RangeError", `the result is longer than ${limit} bytes`, "result-too-long")
    : new UnencodableError("result is longer as JSON than a text can be (about 500 million characters); return less");
}

/**
 * One step into a value: a property's name, an index, or what a Map or Set holds: under a key that is a string or a
 * number (`get`), or at a 0-based place in its order.
 */
export type Step = string | number | { readonly via: "get" | "keys" | "values"; readonly at: string | number };

/**
 * The first `count` of `steps` as an expression: `result.rows[3]["odd key"].get("k").values()[2]`. The middle of a long
 * path is left out.
 */
export function pathText(steps: readonly Step[], count: number): string {
  let text = "result";
  for (let i = 0; i < count; i++) {
    if (i === shownSteps && count > 2 * shownSteps) {
      text += " … ";
      i = count - shownSteps;
    }
    text += stepText(steps[i]);
  }
  return text;
}

/** The name and message of anything that can be thrown, `null` and objects with hostile getters included. */
export function errorText(error: unknown): string {
  try {
    if (typeof error !== "object" || error === null) return `${error}`;
    const { name, message } = error as { name?: unknown; message?: unknown };
    return `${name}: ${message}`;
  } catch {
    return "something that cannot be shown";
  }
}

function stepText(step: Step): string {
  if (typeof step === "number") return `[${step}]`;
  if (typeof step === "string") {
    return exec(identifier, step) !== null ? `.${cutText(step, shownCharacters)}` : `[${quoted(step)}]`;
  }
  if (step.via === "get") return `.get(${typeof step.at === "string" ? quoted(step.at) : step.at})`;
  return `.${step.via}()[${step.at}]`;
}

function quoted(text: string): string {
  return stringify(cutText(text, shownCharacters));
}
