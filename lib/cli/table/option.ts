import { parseCount, parseDuration, parseSize } from "./units.ts";

/** How one flag is read: its default, its help, and the value that its text means. */
export interface Option<T> {
  /**
   * A switch takes no value: giving it means true. An optional's value is taken with `=` only, as in `--allow-net=a.com`;
   * given without one anywhere, its text is empty; given several times, its text is all values with commas between.
   */
  readonly kind: "value" | "switch" | "optional";
  readonly fallback: T;
  /** What it does, short enough for one line of `-h`; without a stop. */
  readonly help: string;
  /** What else there is to say of it, as sentences; `--help` shows them too. */
  readonly more?: string;
  /** The heading that it stands under in `--help`. */
  readonly group?: string;
  /** It is among those that `-h` shows. */
  readonly often?: boolean;
  /** The value's name in the help, like `DURATION`. */
  readonly placeholder?: string;
  /** The fallback as the help shows it. */
  readonly shown?: string;
  /** The words that it takes, if it takes only these. */
  readonly choices?: readonly string[];
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
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): Option<number> {
  const bounds = max < Number.MAX_SAFE_INTEGER ? ` from ${min} to ${max}` : min > 0 ? `, ${min} or more` : "";
  return {
    kind: "value",
    fallback,
    help,
    placeholder: "N",
    shown: String(fallback),
    parse(text) {
      const value = parseCount(text);
      return value !== undefined && value >= min && value <= max
        ? value
        : { refused: `expected a whole number${bounds}, like ${fallback || Math.max(1, min)}` };
    },
  };
}

/** A length of time, in milliseconds. A timer counts in 32 bits, which ends at 24.8 days. */
export function duration(fallbackText: string, help: string, minMs = 0): Option<number> {
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
      if (value < minMs) return { refused: `expected at least ${minMs}ms, like ${fallbackText}` };
      return value <= 2 ** 31 - 1 ? value : { refused: "expected at most 24 days" };
    },
  };
}

/** A number of bytes, 1 or more. */
export function size(fallbackText: string, help: string): Option<number> {
  return {
    kind: "value",
    fallback: parseSize(fallbackText) ?? NaN,
    help,
    placeholder: "SIZE",
    shown: fallbackText,
    parse(text) {
      const bytes = Math.round(parseSize(text) ?? NaN); // 1.1MiB is not a whole number of bytes
      if (Number.isNaN(bytes)) {
        const unit = /^\d+(\.\d+)?$/.test(text) ? `; did you mean ${text}MiB?` : "";
        return { refused: `expected a size with its unit, like ${fallbackText}${unit}` };
      }
      if (bytes < 1) return { refused: `expected at least 1 byte, like ${fallbackText}` };
      return Number.isSafeInteger(bytes) ? bytes : { refused: `expected a smaller size, like ${fallbackText}` };
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
    choices: values,
    shown: fallback,
    parse: (text) => values.find((value) => value === text) ?? { refused: `expected ${values.join(", ")}` },
  };
}

/** A flag that is there or not. */
export function toggle(help: string, short?: string): Option<boolean> {
  return { kind: "switch", fallback: false, help, short, parse: () => true };
}

/** The path of a file, as it was written; `-` is for the command to interpret. */
export function file(help: string, placeholder = "FILE"): Option<string | undefined> {
  return {
    kind: "value",
    fallback: undefined,
    help,
    placeholder,
    parse: (text) => text === "" ? { refused: "expected the path of a file" } : text,
  };
}

/** Every n-th line of the input, n being `count`, from the line `index` on; 0 <= index < count. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A part of the input, written `i/n`. */
export function shard(help: string): Option<Shard | undefined> {
  return {
    kind: "value",
    fallback: undefined,
    help,
    placeholder: "I/N",
    parse(text) {
      const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
      if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count)) {
        return { refused: "expected i/n, the i-th of n shards counted from 0, like 0/4" };
      }
      if (count === 0) return { refused: "expected at least one shard, like 0/4" };
      return index < count
        ? { index, count }
        : { refused: `shards are counted from 0: expected 0/${count} to ${count - 1}/${count}` };
    },
  };
}

/** Nothing, everything, or only what a list names; the list is not empty, and no name in it is. */
export type Grant = boolean | readonly string[];

/** A flag that grants everything of its kind, or with `=` and a list only what the list names. A name holds no comma. */
export function grant(help: string, placeholder: string): Option<Grant> {
  return {
    kind: "optional",
    fallback: false,
    help,
    placeholder: `${placeholder},...`,
    parse(text) {
      if (text === "") return true;
      const names = text.split(",");
      return names.includes("") ? { refused: `expected ${placeholder}, or several with one comma between` } : names;
    },
  };
}

/** A program: the one of a well-known name on the PATH, or with `=` the one at that path. Undefined if it is not asked for. */
export function program(help: string, placeholder: string): Option<string | undefined> {
  return { kind: "optional", fallback: undefined, help, placeholder, parse: (text) => text };
}

/** The flags of a command, by their names in camel case. */
// deno-lint-ignore no-explicit-any -- `unknown` would refuse Option<number>: parse makes Option invariant
export type Options = Readonly<Record<string, Option<any>>>;

/** The same flags, under one heading of the help. */
export function group<const O extends Options>(name: string, options: O): O {
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, { ...option, group: name }])) as O;
}

/** The same flag, shown by `-h` too. */
export function often<T>(option: Option<T>): Option<T> {
  return { ...option, often: true };
}

/** The values of a table of options: `{ take: Option<number> }` gives `{ take: number }`. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** `maxTime` is written `--max-time`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
