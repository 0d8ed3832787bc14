import { parseCount, parseDuration } from "./units.ts";

/** How one flag is read: its default, its help, and the value that its text means. */
export interface Option<T> {
  /** A switch takes no value: giving it means true. */
  readonly kind: "value" | "switch";
  readonly fallback: T;
  readonly help: string;
  /** The value's name in the help, like `DURATION`. */
  readonly placeholder?: string;
  /** The fallback as the help shows it. */
  readonly shown?: string;
  /** A one-letter form. */
  readonly short?: string;
  parse(text: string): T | Refusal;
}

/** Why a text is not a value, as the end of the sentence "--take abc: ...". */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}

/** A whole number within bounds. */
export function count(
  fallback: number,
  help: string,
  least = 0,
  most: number = Number.MAX_SAFE_INTEGER,
): Option<number> {
  const bounds = most < Number.MAX_SAFE_INTEGER ? ` from ${least} to ${most}` : least > 0 ? `, ${least} or more` : "";
  return {
    kind: "value",
    fallback,
    help,
    placeholder: "N",
    shown: String(fallback),
    parse(text) {
      const value = parseCount(text);
      return value !== undefined && value >= least && value <= most
        ? value
        : { refused: `expected a whole number${bounds}, like ${fallback || Math.max(1, least)}` };
    },
  };
}

/** A length of time, in milliseconds. A timer counts in 32 bits, which ends at 24.8 days. */
export function duration(fallbackText: string, help: string, leastMs = 0): Option<number> {
  const fallback = parseDuration(fallbackText) ?? NaN;
  return {
    kind: "value",
    fallback,
    help,
    placeholder: "DURATION",
    shown: fallbackText,
    parse(text) {
      const value = parseDuration(text);
      if (value === undefined) {
        const unit = /^\d+(\.\d+)?$/.test(text) ? `; did you mean ${text}ms?` : "";
        return { refused: `expected a duration with its unit, like ${fallbackText}${unit}` };
      }
      if (value < leastMs) return { refused: `expected at least ${leastMs}ms, like ${fallbackText}` };
      return value <= 2 ** 31 - 1 ? value : { refused: "expected at most 24 days" };
    },
  };
}

/** One of some words. */
export function choice<const T extends string>(values: readonly T[], fallback: NoInfer<T>, help: string): Option<T> {
  return {
    kind: "value",
    fallback,
    help,
    placeholder: values.join("|"),
    shown: fallback,
    parse: (text) => values.find((value) => value === text) ?? { refused: `expected ${values.join(", ")}` },
  };
}

/** A flag that is there or not. */
export function toggle(help: string, short?: string): Option<boolean> {
  return { kind: "switch", fallback: false, help, short, parse: () => true };
}

/** The flags of a command, by their names in camel case. */
// deno-lint-ignore no-explicit-any -- `unknown` would refuse Option<number>: parse makes Option invariant
export type Options = Readonly<Record<string, Option<any>>>;

/** The values of a table of options: `{ take: Option<number> }` gives `{ take: number }`. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** `maxTime` is written `--max-time`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
