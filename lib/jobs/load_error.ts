import { isError } from "../natives.ts";
import { findPlace, pathOf, splitPlace } from "./place.ts";

/** Why a module could not be loaded, and a code if the caller may know a remedy. */
export interface LoadFailure {
  readonly found: string;
  readonly code?: "foreign-import" | "no-react";
}

/**
 * Explains in one line why a module could not be loaded: what happened and, if Deno reports it, in which line. `url` is the
 * module's URL. `caller` is the URL of the module that imported it: stack frames from there on do not belong to the job.
 */
export function explainLoadError(error: unknown, url: string, caller: string): LoadFailure {
  const thrown = read(error);
  if (typeof thrown === "string") return { found: `it threw ${thrown}` };
  const { name, message, stack } = thrown;
  const { text, place } = splitPlace(message);
  const frame = findPlace(stack.slice(stack.indexOf(message) + message.length), pathOf(caller));
  const { found, code } = translate(text) ?? { found: `${errorPrefix(name, frame !== undefined)}${text}` };
  return { found: `${found.replace(/\s*[\r\n]\s*/g, " ")}${where(place ?? frame, pathOf(url))}`, code };
}

/** The parts of an error; or a text that shows the thrown value if it is not an error. */
function read(error: unknown): { readonly name: string; readonly message: string; readonly stack: string } | string {
  try {
    if (isError(error)) {
      const { name, message, stack } = error;
      return { name: String(name), message: withoutColours(String(message)), stack: withoutColours(String(stack)) };
    }
    return typeof error === "function" ? "a function" : JSON.stringify(error) ?? String(error);
  } catch {
    return "something that cannot be shown"; // a getter threw, or the value has a cycle
  }
}

/** Deno colours some messages even if colours are off. */
function withoutColours(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character is what the pattern is for
  return text.replace(/\x1b\[[\d;]*m/g, "");
}

/** If no stack frame is in the user's code, the error comes from Deno's loader, which throws only TypeErrors. */
function errorPrefix(name: string, threw: boolean): string {
  if (threw) return `it threw ${name}: `;
  return name === "TypeError" ? "" : `${name}: `;
}

function where(place: ReturnType<typeof findPlace>, own: string): string {
  if (place === undefined) return "";
  return place.path === own ? ` (line ${place.line})` : ` (${place.path}, line ${place.line})`;
}

/**
 * Deno's messages, and what they mean for a job. The loader of an executable (seen in 2.6.10) has different messages from the
 * loader of `deno run` (2.9.6).
 */
const translations: readonly (readonly [RegExp, (found: string, hint?: string) => string | LoadFailure])[] = [
  [/^Module not found(?: "(?=file:)|: (?=file:))([^"]*)"?\.?(?: (Maybe .*) or run with --sloppy-imports)?$/, notThere],
  [
    /^(?:Module not found|No such built-in module): (node:.*)$/,
    (name) => `it imports ${name}, which Deno does not have`,
  ],
  [/^Module not found: (.*)$/, foreign],
  [/^Import "(.*)" not a dependency/, foreign],
  [/^Could not find constraint '(.*)' in the list of packages/, foreign],
  [/^Failed loading \S+ for package "(.*)"/, missingPackage],
  [/^JSR package manifest for '(.*)' failed to load/, (name) => foreign(`jsr:${name}`)],
  [/^Specifier not found in cache: "(.*?)"/, foreign],
  [/^Requires import access to "(.*?)"/, (host) => foreign(`a module of ${host}`)],
  [/^Cannot resolve module "(.*\.json)" from/, (name) => `it imports ${name} without: with { type: "json" }`],
  [/^(React is not defined)$/, (found) => ({ found, code: "no-react" })],
  [/^(SyntaxError: .*)\n\s*\|\n/, (found) => found], // followed by the source line
  [
    /^((?:module|exports|require) is not defined)$/,
    (found) => `${found}; a job is an ES module: use import and export`,
  ],
];

function translate(text: string): LoadFailure | undefined {
  for (const [pattern, say] of translations) {
    const [, found, hint] = pattern.exec(text) ?? [];
    if (found === undefined) continue;
    const said = say(found, hint);
    return typeof said === "string" ? { found: said } : said;
  }
}

function notThere(url: string, hint?: string): string {
  return `it imports ${pathOf(url)}, which does not exist${hint === undefined ? "" : `. ${hint}`}`;
}

/** Deno names a package that its cache lacks: the imported one, or another that it needs to resolve that one. */
function missingPackage(name: string): LoadFailure {
  return { found: `it imports an npm package, but ${name} is not available here`, code: "foreign-import" };
}

function foreign(name: string): LoadFailure {
  return { found: `it imports ${name}, which is not available here`, code: "foreign-import" };
}
