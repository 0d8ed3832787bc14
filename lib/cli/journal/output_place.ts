/** Node's way to ask about a descriptor needs no permission; Deno has none. */
const fs = () => globalThis.process.getBuiltinModule("node:fs");

/** How long the file is that stdout goes to, in bytes; null if it is no regular file. */
export function outputLength(): number | null {
  try {
    const info = fs().fstatSync(1);
    return info.isFile() ? info.size : null;
  } catch {
    return null;
  }
}

/** Cuts the file that stdout goes to. */
export function cutOutput(length: number): void {
  fs().ftruncateSync(1, length);
}
