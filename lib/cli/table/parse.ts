import { parseArgs } from "@std/cli";
import { UsageError } from "../../errors.ts";
import type { Command } from "./command.ts";
import { flagName, isRefusal, type Option, type Options } from "./option.ts";
import { didYouMean } from "./suggest.ts";

/** A command line that makes sense. */
export interface Parsed {
  readonly command: Command;
  readonly values: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
}

/**
 * Reads a command's flags and operands. `@std/cli` is lenient (a missing value is "", `-5` is a flag, `--json=yes` is
 * true), so each flag is first written as one argument, checked against the table, and only then parsed.
 *
 * @throws {UsageError} says which argument, what was found and what was expected
 */
export function parseCommand(command: Command, args: readonly string[]): Parsed {
  const flags = new Map<string, string>(); // spelling -> key
  for (const [key, { short }] of Object.entries(command.options)) {
    flags.set(`--${flagName(key)}`, key);
    if (short) flags.set(`-${short}`, key);
  }
  const keys = Object.keys(command.options);
  const ofKind = (kind: Option<unknown>["kind"]) => keys.filter((key) => command.options[key].kind === kind);
  const raw = parseArgs(joinValues(args, flags, command), {
    boolean: ofKind("switch"),
    string: [...ofKind("value"), ...ofKind("optional"), "_"],
    collect: ofKind("optional"),
  });
  const values = Object.fromEntries(keys.map((key) => [key, readValue(key, command.options[key], raw[key])]));
  return { command, values, operands: checkOperands(command, raw._) };
}

/**
 * Writes `--opt value` as `--key=value`, an optional without a value as `--key=`, and refuses what the table does not
 * know. After `--` all is left alone.
 */
function joinValues(args: readonly string[], flags: ReadonlyMap<string, string>, command: Command): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === "--") return [...joined, ...args.slice(i)];
    if (!arg.startsWith("-") || arg === "-") {
      joined.push(arg);
      continue;
    }
    const [, spelling, attached] = /^(--[^=]*|-.)(?:=?([^]*))?$/.exec(arg) ?? [];
    const key = flags.get(spelling);
    if (key === undefined) throw unknownFlag(spelling, flags, command);
    const given = arg.length > spelling.length ? attached : undefined;
    const { kind, placeholder } = command.options[key];
    if (kind === "switch") {
      if (given !== undefined) throw new UsageError(`${spelling} takes no value, found "${given}"; write ${spelling}`);
      joined.push(`--${key}`);
      continue;
    }
    if (kind === "optional") {
      if (given === "") {
        throw new UsageError(`${spelling}= lacks its value; write ${spelling}=${placeholder}, or ${spelling} alone`);
      }
      joined.push(`--${key}=${given ?? ""}`);
      continue;
    }
    const value = given ?? args[++i];
    if (value === undefined || (given === undefined && flags.has(value.split("=")[0]))) {
      throw new UsageError(`${spelling} needs a value: ${spelling} ${placeholder}`);
    }
    joined.push(`--${key}=${value}`);
  }
  return joined;
}

function unknownFlag(spelling: string, flags: ReadonlyMap<string, string>, command: Command): UsageError {
  const names = [...flags.keys()].filter((name) => name.startsWith("--")).map((name) => name.slice(2));
  const hint = didYouMean(spelling.replace(/^-+/, ""), names, "--") || ` See: tandem help ${command.name}`;
  return new UsageError(`unknown flag ${spelling} for ${command.name}.${hint}`);
}

function readValue(key: string, option: Option<unknown>, given: unknown): unknown {
  if (option.kind === "switch") return given === true;
  const text = Array.isArray(given) ? joinTexts(given) : given;
  if (typeof text !== "string") return option.fallback;
  const value = option.parse(text);
  const between = option.kind === "optional" ? "=" : " ";
  if (isRefusal(value)) throw new UsageError(`--${flagName(key)}${between}${text || '""'}: ${value.refused}`);
  return value;
}

/** The text of an optional that was given with these texts. */
function joinTexts(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return undefined;
  return texts.includes("") ? "" : texts.join(",");
}

function checkOperands(command: Command, operands: readonly string[]): readonly string[] {
  const { min, max, usage } = command.operands ?? { min: 0, max: 0, usage: "" };
  if (operands.length > max) {
    throw new UsageError(`${command.name}: unexpected argument "${operands[max]}". See: tandem help ${command.name}`);
  }
  if (operands.length < min) throw new UsageError(`${command.name} needs ${usage}. See: tandem help ${command.name}`);
  return operands;
}

/** The flags of several tables that take a value: their next argument is not a command. */
export function takesValue(tables: readonly Options[], arg: string): boolean {
  return tables.some((table) =>
    Object.entries(table).some(([key, option]) =>
      option.kind === "value" && (arg === `--${flagName(key)}` || (option.short && arg === `-${option.short}`))
    )
  );
}
