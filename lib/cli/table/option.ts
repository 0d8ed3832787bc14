import type { Field, Shape } from "../../model/field.ts";
import { durationText, parseCount, parseDuration, parseSize, sizeText } from "./units.ts";

/** How one flag is read: its default, its help, and the value that its texts mean. */
export interface Option<T> {
  /** A switch takes no value: giving it means true. An `attached` value may be left out, which is the text "", and needs a `=`. */
  readonly kind: "value" | "switch" | "attached";
  /** The value where nothing gives one. */
  readonly fallback: T;
  /** Words that shells offer for its value, which may be another one too. */
  readonly suggested?: readonly string[];
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
  /** A one-letter form. */
  readonly short?: string;
  /** What values it has, but for a fallback of undefined. */
  readonly shape: Shape;
  /** The unit of its numbers. */
  readonly unit?: "milliseconds" | "bytes";
  /**
   * No variable and no file may set it: it grants permissions, names a file or a program, which a cloned project must not
   * choose, or is an action of its own.
   */
  readonly flagOnly?: "grant" | "file" | "action";
  /** It names a file that the command writes. */
  readonly writes?: boolean;
  /** It protects the user from a job: a project's file cannot take back what the user's own file says. */
  readonly protects?: boolean;
  /** It only decides how a result is shown or where it is saved, so results are comparable where it differs. */
  readonly shownOnly?: boolean;
  /** What of a run follows from it. A resumed run must have the same value; a retry of failed items, if it decides the items. */
  readonly decides?: "items" | "output";
  /** The value of texts, one for each time that it is given: at least one. */
  read(texts: readonly string[]): T | Refusal;
  /** The texts that mean a value, as `read` takes them; none if only `--no-FLAG` says it. */
  write(value: Exclude<T, undefined>): readonly string[];
}

/** Why a text is not a value, as the end of the sentence "--take abc: ...". */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}

/** What all options have that take a value; the last text counts. */
function valued<T>(parse: (text: string) => T | Refusal, write: (value: T) => string) {
  return {
    kind: "value" as const,
    read: (texts: readonly string[]) => parse(texts.at(-1) ?? ""),
    write: (value: T) => [write(value)],
  };
}

/** A whole number within bounds. */
export function count(
  fallback: number,
  help: string,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): Option<number> {
  const bounds = max < Number.MAX_SAFE_INTEGER ? ` from ${min} to ${max}` : min > 0 ? `, ${min} or more` : "";
  const refused = `expected a whole number${bounds}, like ${fallback || Math.max(1, min)}`;
  return {
    ...valued((text) => {
      const value = parseCount(text);
      return value !== undefined && value >= min && value <= max ? value : { refused };
    }, String),
    fallback,
    help,
    placeholder: "N",
    shown: String(fallback),
    shape: { type: "integer", min, max },
  };
}

/** A timer counts in 32 bits, which ends at 24.8 days. */
const maxDurationMs = 2 ** 31 - 1;

/** A length of time, in milliseconds. */
export function duration(fallbackText: string, help: string, minMs = 0): Option<number> {
  return {
    ...valued((text) => {
      const value = parseDuration(text);
      if (value === undefined) return withoutUnit("a duration", text, fallbackText);
      if (value < minMs) return { refused: `expected at least ${durationText(minMs)}, like ${fallbackText}` };
      return value <= maxDurationMs ? value : { refused: "expected at most 24 days" };
    }, durationText),
    fallback: parseDuration(fallbackText) ?? NaN,
    help,
    placeholder: "DURATION",
    shown: fallbackText,
    shape: { type: "number", min: minMs, max: maxDurationMs },
    unit: "milliseconds",
  };
}

/** A number of bytes, 1 or more. */
export function size(fallbackText: string, help: string): Option<number> {
  return {
    ...valued((text) => {
      const bytes = Math.round(parseSize(text) ?? NaN); // 1.1MiB is not a whole number of bytes
      if (Number.isNaN(bytes)) return withoutUnit("a size", text, fallbackText);
      if (bytes < 1) return { refused: `expected at least 1 byte, like ${fallbackText}` };
      return Number.isSafeInteger(bytes) ? bytes : { refused: `expected a smaller size, like ${fallbackText}` };
    }, sizeText),
    fallback: parseSize(fallbackText) ?? NaN,
    help,
    placeholder: "SIZE",
    shown: fallbackText,
    shape: { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER },
    unit: "bytes",
  };
}

/** The unit of the example is the usual one of the flag: --timeout 2 means 2 s, not 2 ms. */
function withoutUnit(noun: string, text: string, like: string): Refusal {
  const meant = /^\d+(\.\d+)?$/.test(text) ? `; did you mean ${text}${like.replace(/^[\d.]+/, "")}?` : "";
  return { refused: `expected ${noun} with its unit, like ${like}${meant}` };
}

/** One of some words. */
export function choice<const T extends string>(words: readonly T[], fallback: NoInfer<T>, help: string): Option<T> {
  const refused = `expected ${words.join(", ")}`;
  return {
    ...valued<T>((text) => words.find((word) => word === text) ?? { refused }, (word) => word),
    fallback,
    help,
    placeholder: words.join("|"),
    shown: fallback,
    shape: { type: "choice", words },
  };
}

/** A flag that is there or not. */
export function toggle(help: string, short?: string): Option<boolean> {
  const write = (value: boolean) => value ? [""] : [];
  return { kind: "switch", fallback: false, help, short, shape: { type: "boolean" }, read: () => true, write };
}

/** A text that is not empty; `refused` is said of one that is. */
export function text(help: string, placeholder: string, refused: string): Option<string> {
  return {
    ...valued<string>((given) => given === "" ? { refused } : given, (given) => given),
    fallback: "",
    help,
    placeholder,
    shape: { type: "string" },
  };
}

/** The path of a file, as it was written; `-` is for the command to interpret. */
export function file(help: string, placeholder = "FILE"): Option<string | undefined> {
  return optional({ ...text(help, placeholder, "expected the path of a file"), flagOnly: "file" });
}

/** Every n-th line of the input, n being `count`, from the line `index` on; 0 <= index < count. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A part of the input, written `i/n`; or `auto`, which the command decides: its documents and journals have what that means. */
export function shard(help: string): Option<Shard | "auto"> {
  const { MAX_SAFE_INTEGER: max } = Number;
  const integer = (min: number, about: string): Field => ({ shape: { type: "integer", min, max }, about });
  return {
    ...valued<Shard | "auto">(parseShard, (given) => given === "auto" ? given : `${given.index}/${given.count}`),
    fallback: { index: 0, count: 1 },
    help,
    placeholder: "I/N|auto",
    suggested: ["auto"],
    shape: { type: "object", fields: { index: integer(0, "I, from 0"), count: integer(1, "N") } },
  };
}

function parseShard(text: string): Shard | "auto" | Refusal {
  if (text === "auto") return text;
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count)) {
    return { refused: "expected I/N, shard I of N counted from 0, like 0/4; or auto" };
  }
  if (count === 0) return { refused: "expected at least one shard, like 0/4" };
  return index < count
    ? { index, count }
    : { refused: `shards are counted from 0: expected 0/${count}${count === 1 ? "" : ` to ${count - 1}/${count}`}` };
}

/** The flags of a command, by their names in camel case. */
// deno-lint-ignore no-explicit-any -- `unknown` would refuse Option<number>: read makes Option invariant
export type Options = Readonly<Record<string, Option<any>>>;

/** The values of a table of options: `{ take: Option<number> }` gives `{ take: number }`. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** The values that were given: those of defaults are not among them. */
export type Given<O extends Options> = Partial<Values<O>>;

/** The same flags, under one heading of the help, and with these `facts`, unless a flag says otherwise. */
export function group<const O extends Options>(
  name: string,
  options: O,
  facts: Pick<Option<unknown>, "decides" | "flagOnly" | "shownOnly" | "writes"> = {},
): O {
  const grouped = Object.entries(options).map(([key, option]) => [key, { ...facts, ...option, group: name }]);
  return Object.fromEntries(grouped) as O;
}

/** The same flag, shown by `-h` too. */
export function often<T>(option: Option<T>): Option<T> {
  return { ...option, often: true };
}

/** The same flag without a default: its value is undefined if nothing gives one. `shown`: what happens then. */
export function optional<T>(option: Option<T>, shown?: string): Option<T | undefined> {
  return { ...option, fallback: undefined, shown };
}

/** The same flag, which may be given several times: its value is the list of theirs. Words may have commas between them too. */
export function repeated<T>(option: Option<T>): Option<readonly T[]> {
  return {
    ...option,
    fallback: [],
    shown: undefined,
    shape: { type: "list", of: option.shape },
    read(texts) {
      const parts = option.shape.type !== "choice" ? texts : texts.flatMap((text) => text.split(","));
      const values = parts.map((text) => option.read([text]));
      return values.find(isRefusal) ?? values as T[];
    },
    write: (values) => values.flatMap((value) => option.write(value as Exclude<T, undefined>)),
  };
}

/** `maxTime` is written `--max-time`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
