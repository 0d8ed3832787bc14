/**
 * Where our own modules are. In an executable and in the npm package they are bundled into few files, as each module costs time when
 * a program starts: this one is then part of a chunk, and the chunks lie in one folder, beside `workers/`; or it is part of an entry
 * point that is one file, in `workers/`.
 */
const [, extension] = /\/entry_points\.([jt]s)$/.exec(import.meta.url) ?? [];
const isBundled = extension === undefined;
const isChunk = isBundled && !/\/workers\/\w+\.m?js$/.test(import.meta.url);

/** The folder that `workers/` is in. */
export const entryFolder = new URL(isChunk ? "./" : "../", import.meta.url);

/** The folder of our modules; with a slash at its end. */
export const ourFolder = isBundled ? entryFolder : new URL("./", import.meta.url);

export type EntryName = "slot" | "process" | "node" | "intervals" | "sender" | "experiment" | "parked";

/** The entry point of a thread or a process: `workers/slot.ts`, or what it was bundled into. */
export function entryPoint(name: EntryName): URL {
  const bundled = name === "node" ? "mjs" : "js"; // Node looks for no package.json, which it may not read
  return new URL(`workers/${name}.${extension ?? bundled}`, entryFolder);
}

/** The module that runs as our program: `main.ts`, or what it was bundled into. */
export const mainModule = new URL(`main.${extension ?? "js"}`, entryFolder);
