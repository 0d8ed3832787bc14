import { parse } from "@std/jsonc";
import { messageOf, systemReason, UsageError } from "../../errors.ts";
import type { Command } from "../table/command.ts";
import { flagName, isRefusal, type Option } from "../table/option.ts";
import { didYouMean } from "../table/suggest.ts";
import type { Layer, Table } from "./layer.ts";

/** The section of a file that is for all commands which have its flags. */
const forAll = "all";

/** A variable that is set, and the flag that it stands for. */
interface Variable {
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

/**
 * The value that a variable gives.
 *
 * @throws {UsageError} it may not be given so, or is not a value of the flag
 */
export function variableLayer({ key, name, text }: Variable, { options }: Command): Layer {
  const option = options[key];
  const refused = forbidden(key, option);
  if (refused !== undefined) throw new UsageError(`the variable ${name} ${refused}; unset it`);
  const switches: Readonly<Record<string, boolean>> = { 1: true, true: true, 0: false, false: false };
  const meant = option.kind === "switch" ? switches[text] ?? text : text;
  const value = valueOf(option, meant);
  if (isRefusal(value)) throw new UsageError(`${name}=${text}: ${value.refused}`);
  return { from: name, values: { [key]: value } };
}

/**
 * The values that a file gives a command: those for all commands, and over them those in the command's section.
 *
 * @throws {UsageError} it cannot be read, or says what the table does not allow; with the line
 */
export async function fileLayer(path: string, command: Command, table: Table): Promise<Layer> {
  const text = readText(path);
  const refuse = (keys: readonly string[], found: string) => {
    const line = lineOf(text, keys);
    return new UsageError(
      `${path}${line === undefined ? "" : `:${line}`}: ${[keys.join("."), found].join(" ").trim()}`,
    );
  };
  const file = parseFile(path, text);
  if (!isObject(file)) throw refuse([], 'expected an object, like { "compare": { "rounds": 20 } }');
  const sections = [...table.commandNames, forAll];
  for (const [name, section] of Object.entries(file)) {
    if (!sections.includes(name)) {
      const hint = didYouMean(name, sections) || ` A section is a command's name, or "${forAll}".`;
      throw refuse([name], `is not a command.${hint}`);
    }
    if (!isObject(section)) throw refuse([name], 'is not an object, like { "rounds": 20 }');
  }
  const values: Record<string, unknown> = {};
  for (const name of [forAll, command.name]) {
    for (const [key, found] of Object.entries(file[name] ?? {})) {
      const option = Object.hasOwn(command.options, key) ? command.options[key] : undefined;
      const known = option ?? (name === forAll ? await ofAnother(key, table) : undefined);
      if (known === undefined) throw refuse([name, key], unknownFlag(key, command));
      const refused = forbidden(key, known);
      if (refused !== undefined) throw refuse([name, key], `${refused}; remove it here`);
      const value = valueOf(known, found);
      if (isRefusal(value)) throw refuse([name, key], `is ${JSON.stringify(found)}: ${value.refused}`);
      if (option !== undefined) values[key] = value;
    }
  }
  return { from: path, values };
}

/** The text without a byte order mark, which some editors write. */
function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path).replace(/^\ufeff/, "");
  } catch (error) {
    throw new UsageError(`${path}: cannot be read: ${systemReason(error)}`);
  }
}

function parseFile(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const message = messageOf(error).replace("Cannot parse JSONC: ", "");
    const [, position = text.length] = / in JSONC at position (\d+)$/.exec(message) ?? [];
    const line = text.slice(0, Number(position)).split("\n").length;
    throw new UsageError(
      `${path}:${line}: not JSON with comments: ${message.replace(/ in JSONC at position \d+$/, "")}`,
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The flag of that name that some other command has. */
async function ofAnother(key: string, { loadCommands }: Table): Promise<Option<unknown> | undefined> {
  return (await loadCommands()).find(({ options }) => Object.hasOwn(options, key))?.options[key];
}

function unknownFlag(key: string, { name, options }: Command): string {
  const names = Object.keys(options);
  const spelt = names.find((known) => flagName(known) === key.replace(/^-+/, ""));
  if (spelt !== undefined) return `is spelt as on a command line; in a file, write ${spelt}`;
  return `is not a flag of ${name}.${didYouMean(key, names) || ` See: tandem help ${name}`}`;
}

/** Why no variable and no file may set a flag, as the end of a sentence; undefined if they may. */
function forbidden(key: string, { flagOnly }: Option<unknown>): string | undefined {
  if (flagOnly === undefined) return undefined;
  const why = { grant: "grants permissions", file: "names a file or a program", action: "is an action" }[flagOnly];
  return `is not allowed, because it ${why}: only the command line may say --${flagName(key)}`;
}

/** The value that a file's JSON means, by what the flag's row reads. */
function valueOf(option: Option<unknown>, found: unknown): unknown {
  if (option.kind === "switch") return typeof found === "boolean" ? found : { refused: "expected true or false" };
  const parts = option.shape.type === "list" && Array.isArray(found) ? found : [found];
  const texts = parts.map((part) => typeof part === "string" || typeof part === "number" ? String(part) : "");
  return option.read(texts);
}

/** The line of a key, given with the keys of the objects that it is in; undefined for none. Comments and values do not count. */
function lineOf(text: string, keys: readonly string[]): number | undefined {
  const blank = (part: string, key: string | undefined) => key ?? part.replace(/[^\n]/g, " ");
  const bare = text.replace(/("(?:\\.|[^"\\])*"\s*:)|"(?:\\.|[^"\\])*"|\/\/.*|\/\*[^]*?\*\//g, blank);
  let at = 0;
  for (const key of keys) at = Math.max(at, bare.indexOf(JSON.stringify(key), at));
  return keys.length === 0 ? undefined : bare.slice(0, at).split("\n").length;
}
