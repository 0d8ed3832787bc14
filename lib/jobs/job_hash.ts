import { absolutePath, filePath } from "../paths.ts";

/** Static and dynamic imports of string literals, in formatted or minified sources. */
const imports = [
  /\b(?:import|export)\b[^;"'`()]*?\bfrom\s*["']([^"'\n]+)["']/g,
  /\bimport\s*["']([^"'\n]+)["']/g,
  /\bimport\s*\(\s*["'`]([^"'`$\n]+)["'`]/g,
];

/**
 * SHA-256 of a job's file and of the local modules that it imports, as far as a simple scan finds them. The location of the
 * files does not matter.
 */
export async function hashJob(url: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  for (const { source } of localModules(url)) {
    hash.update(`${source === undefined ? "missing" : source.length}\n${source ?? ""}`);
  }
  return hash.digest("hex");
}

/** A job's file, or a local module that it imports. */
export interface LocalModule {
  readonly file: string;
  /** Undefined if it cannot be read: then the import fails too, or it is not an import. */
  readonly source: string | undefined;
}

/**
 * A job's file and the local modules that it imports by relative paths, directly or indirectly, as far as a simple scan finds
 * them; each once. Packages, import map entries, computed imports and data files are not among them.
 */
export function* localModules(url: string): Generator<LocalModule> {
  const known = new Set<string>();
  const waiting = [filePath(new URL(url))];
  for (const file of waiting) {
    if (known.has(file)) continue;
    known.add(file);
    const source = readText(file);
    yield { file, source };
    const folder = file.replace(/[^\\/]*$/, "");
    for (const specifier of source === undefined ? [] : localImports(source)) {
      waiting.push(absolutePath(specifier.startsWith("/") ? specifier : folder + specifier));
    }
  }
}

/** The relative paths that a source imports, in order. */
export function localImports(source: string): string[] {
  const found = imports.flatMap((pattern) => [...source.matchAll(pattern)]);
  return found.toSorted((a, b) => a.index - b.index)
    .map(([, specifier]) => specifier.replace(/[?#].*$/, ""))
    .filter((specifier) => /^\.{0,2}\//.test(specifier));
}

function readText(file: string): string | undefined {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return undefined;
  }
}
