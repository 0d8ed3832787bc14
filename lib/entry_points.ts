/**
 * Where our own modules are. In an executable and in the npm package they are bundled into few files, as each module costs time when a program
 * starts: this one is then part of a chunk, and the chunks lie in one folder, beside `workers/`.
 */
const [, extension] = /\/entry_points\.([jt]s)$/.exec(import.meta.url) ?? [];
const isBundled = extension === undefined;

/** The folder of our modules; with a slash at its end. */
export const ourFolder = new URL("./", import.meta.url);

/** The folder that `workers/` is in. */
export const entryFolder = isBundled ? ourFolder : new URL("../", import.meta.url);

/** The entry point of a thread or a process: `workers/slot.ts`, or what it was bundled into. */
export function entryPoint(name: "slot" | "process" | "node" | "intervals" | "sender" | "experiment" | "parked"): URL {
  return new URL(`workers/${name}.${extension ?? "js"}`, entryFolder);
}

/** The module that runs as our program: `main.ts`, or what it was bundled into. */
export const mainModule = new URL(`main.${extension ?? "js"}`, entryFolder);
