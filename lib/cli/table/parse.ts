import { parseArgs } from "@std/cli";
import { UsageError } from "../../errors.ts";
import type { Call } from "../terminal/session.ts";
import type { Command } from "./command.ts";
import { flagName, type Given, isRefusal, type Option, type Options } from "./option.ts";

/** A command line that makes sense. */
export interface Parsed {
  /** What its flags give, and nothing for a flag that it does not name. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
}

type ReadableCommand = Pick<Command, "name" | "options" | "operands">;

/** A flag as it may be spelt. `--no-FLAG` takes back what a variable, a file or an earlier argument gives. */
interface Spelling {
  readonly key: string;
  readonly negated?: boolean;
}

/**
 * Reads a command's flags and operands. `@std/cli` is lenient (a missing value is "", `-5` is a flag, `--json=yes` is
 * true), so each flag is first written as one argument, checked against the table, and only then parsed.
 *
 * @throws {UsageError} says which argument, what was found and what was expected
 */
export async function parseCommand(command: ReadableCommand, args: readonly string[]): Promise<Parsed> {
  const { options } = command;
  const spellings = new Map<string, Spelling>();
  for (const [key, { short }] of Object.entries(options)) {
    spellings.set(`--${flagName(key)}`, { key });
    spellings.set(`--no-${flagName(key)}`, { key, negated: true });
    if (short) spellings.set(`-${short}`, { key });
  }
  const keys = Object.keys(options);
  const { joined, negated } = await joinValues(args, spellings, command);
  const raw = parseArgs(joined, { string: [...keys, "_"], collect: keys });
  const given = Object.fromEntries(keys.flatMap((key) => {
    const texts = raw[key] as readonly string[];
    if (texts.length > 0) return [[key, readFlag(key, options[key], texts)]];
    return negated.has(key) ? [[key, options[key].fallback]] : [];
  }));
  return { given, operands: given.showConfig ? raw._ : checkOperands(command, raw._, given) };
}

/**
 * Writes `--opt value` as `--key=value`, a flag without a value as `--key=`, and refuses what the table does not know. After
 * `--` all is left alone. `negated`: the flags that were taken back last.
 */
async function joinValues(
  args: readonly string[],
  spellings: ReadonlyMap<string, Spelling>,
  command: ReadableCommand,
) {
  let joined: string[] = [];
  const negated = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === "--") {
      const kept = command.operands?.keepsDashes ? ["--"] : [];
      return { joined: [...joined, ...kept, ...args.slice(i)], negated };
    }
    if (!arg.startsWith("-") || arg === "-") {
      joined.push(arg);
      continue;
    }
    const [, spelling, given] = /^(--[^=]*|-.)(?:=?(.*))?$/su.exec(arg) ?? []; // `given` is "" behind = only
    const found = spellings.get(spelling);
    if (found === undefined) throw (await import("./unknown_flag.ts")).unknownFlag(arg, command);
    const { key } = found;
    const { kind, placeholder } = command.options[key];
    if (given !== undefined && (kind === "switch" || found.negated)) {
      throw new UsageError(`${spelling} takes no value, found "${given}"; write ${spelling}`);
    }
    if (found.negated) {
      joined = joined.filter((other) => !other.startsWith(`--${key}=`));
      negated.add(key);
      continue;
    }
    if (kind === "attached" && given === "") {
      throw new UsageError(`${spelling}= lacks its value; write ${spelling}=${placeholder}, or ${spelling} alone`);
    }
    const value = given ?? (kind === "value" ? args[++i] : "");
    if (value === undefined || (kind === "value" && given === undefined && spellings.has(value.split("=")[0]))) {
      throw new UsageError(`${spelling} needs a value: ${spelling} ${placeholder}`);
    }
    joined.push(`--${key}=${value}`);
  }
  return { joined, negated };
}

function readFlag(key: string, option: Option<unknown>, texts: readonly string[]): unknown {
  const value = option.read(texts);
  if (!isRefusal(value)) return value;
  const text = texts.join(",") || '""';
  throw new UsageError(`--${flagName(key)}${option.kind === "attached" ? "=" : " "}${text}: ${value.refused}`);
}

function checkOperands(
  { name, ...row }: ReadableCommand,
  operands: readonly string[],
  given: Parsed["given"],
): readonly string[] {
  const { max, usage, unless, ...least } = row.operands ?? { min: 0, max: 0, usage: "" };
  const min = unless !== undefined && given[unless] !== undefined ? 0 : least.min;
  if (operands.length > max) {
    throw new UsageError(`${name}: unexpected argument "${operands[max]}". See: tandem help ${name}`);
  }
  if (operands.length < min) throw new UsageError(`${name} needs ${usage}; see: tandem help ${name}`);
  return operands;
}

/** How a command is called with what is given to it, and the values of all its flags. */
export function callOf({ options }: ReadableCommand, { given, operands }: Parsed) {
  const rows = Object.entries(options);
  const values: Parsed["given"] = {
    ...Object.fromEntries(rows.map(([key, { fallback }]) => [key, fallback])),
    ...given,
  };
  const call: Call = { given, operands, shownOnly: rows.flatMap(([key, { shownOnly }]) => shownOnly ? [key] : []) };
  return { values, call };
}

/**
 * The arguments that `parseCommand` reads as these values and operands: the inverse of it, and the only maker of command
 * lines. The first operand comes first, the others behind the flags.
 */
export function formatArguments<O extends Options>(
  options: O,
  given: Given<O>,
  operands: readonly string[] = [],
): readonly string[] {
  const flags = Object.keys(options).flatMap((key) =>
    Object.hasOwn(given, key) ? formatFlag(key, options[key], given[key]) : []
  );
  if (operands.some((operand) => /^-./.test(operand))) return [...flags, "--", ...operands];
  return [...operands.slice(0, 1), ...flags, ...operands.slice(1)];
}

function formatFlag(key: string, option: Option<unknown>, value: unknown): readonly string[] {
  const flag = `--${flagName(key)}`;
  const texts = textsOf(option, value);
  if (texts.length === 0) return [`--no-${flagName(key)}`];
  return texts.flatMap((text) => {
    if (option.kind === "switch" || (option.kind === "attached" && text === "")) return [flag];
    return option.kind === "attached" || /^(-|$)/.test(text) ? [`${flag}=${text}`] : [flag, text];
  });
}

/** The texts that mean a value; none where only `--no-FLAG` says it. */
function textsOf(option: Option<unknown>, value: unknown): readonly string[] {
  return value === undefined ? [] : option.write(value as never);
}

/** A value as one text, to be shown and compared; null where there is none. */
export function valueText(option: Option<unknown>, value: unknown): string | null {
  if (typeof value === "boolean") return String(value);
  const texts = textsOf(option, value);
  return texts.length === 0 ? null : texts.join(",");
}

/** The flags of several tables that take a value: their next argument is not a command. */
export function takesValue(tables: readonly Options[], arg: string): boolean {
  return tables.some((table) =>
    Object.entries(table).some(([key, option]) =>
      option.kind === "value" && (arg === `--${flagName(key)}` || (option.short && arg === `-${option.short}`))
    )
  );
}
