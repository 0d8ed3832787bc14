/** A place in a module's source: its path, or its URL if it is no file, and the line, from 1. */
export interface Place {
  readonly path: string;
  readonly line: string;
}

/**
 * Parts the place from a message of Deno's loader or V8's parser: it ends in ` at URL:LINE:COLUMN`, once, or twice where
 * types are checked too.
 */
export function splitPlace(message: string): { readonly text: string; readonly place?: Place } {
  const [whole, url, line] = /(?:\s+at (\w+:\/\/.*):(\d+):\d+)+\s*$/.exec(message) ?? [];
  if (whole === undefined) return { text: message };
  return { text: message.slice(0, -whole.length), place: { path: pathOf(url), line } };
}

/**
 * Where an error was thrown, if that is above the frames of `caller`, a path. Unlike a message, a stack has its URLs
 * decoded: with spaces and `#`.
 */
export function findPlace(stack: string, caller: string): Place | undefined {
  for (const frame of stack.split("\n")) {
    const [, path, line] = /^\s*at (?:async |.*\()?file:\/\/(.*):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (path !== undefined) return native(path) === caller ? undefined : { path: native(path), line };
  }
}

/** The path of a file's URL; another URL as it is. */
export function pathOf(url: string): string {
  if (!url.startsWith("file://")) return url;
  const path = url.slice("file://".length); // `new URL` would end it at a # or ? that a module has in an import
  try {
    return native(decodeURIComponent(path));
  } catch {
    return path; // a lone % in an import
  }
}

/** `/C:/job.js` is `C:/job.js`. */
function native(path: string): string {
  return path.replace(/^\/(?=[A-Za-z]:)/, "");
}
