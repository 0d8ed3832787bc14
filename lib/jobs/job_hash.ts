import { absolutePath, filePath } from "../paths.ts";

/** Static and dynamic imports of string literals, in formatted or minified sources. */
const imports = [
  /\b(?:import|export)\b[^;"'`()]*?\bfrom\s*["']([^"'\n]+)["']/g,
  /\bimport\s*["']([^"'\n]+)["']/g,
  /\bimport\s*\(\s*["'`]([^"'`$\n]+)["'`]/g,
];

/**
 * SHA-256 of a job's file and of the local modules that it imports by relative paths, directly or indirectly, as far as a
 * simple scan finds them. Packages, import map entries, computed imports and data files are not included. The location of
 * the files does not matter.
 */
export async function hashJob(url: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  const known = new Set<string>();
  const waiting = [filePath(new URL(url))];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (known.has(file)) continue;
    known.add(file);
    const text = await readText(file);
    hash.update(`${text === undefined ? "missing" : text.length}\n${text ?? ""}`);
    const folder = file.replace(/[^\\/]*$/, "");
    for (const specifier of text === undefined ? [] : localImports(text)) {
      waiting.push(absolutePath(specifier.startsWith("/") ? specifier : folder + specifier));
    }
  }
  return hash.digest("hex");
}

/** The relative paths that a source imports, in order. */
export function localImports(source: string): string[] {
  const found = imports.flatMap((pattern) => [...source.matchAll(pattern)]);
  return found.toSorted((a, b) => a.index - b.index)
    .map(([, specifier]) => specifier.replace(/[?#].*$/, ""))
    .filter((specifier) => /^\.{0,2}\//.test(specifier));
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch {
    return undefined; // the import will fail too, or it is not an import
  }
}
