import { decodeURIComponent, exec, textSlice, textStartsWith } from "../natives.ts";

/** A place in a module's source: its path (or its URL if it is not a file), and the line, from 1. */
export interface Place {
  readonly path: string;
  readonly line: string;
}

/**
 * Splits the place off a message of Deno's loader or V8's parser. Such a message ends in ` at URL:LINE:COLUMN`, once, or
 * twice if types are checked too.
 */
export function splitPlace(message: string): { readonly text: string; readonly place?: Place } {
  const found = exec(/(?:\s+at (\w+:\/\/.*):(\d+):\d+)+\s*$/, message);
  if (found === null) return { text: message };
  return { text: textSlice(message, 0, -found[0].length), place: { path: pathOf(found[1]), line: found[2] } };
}

/**
 * Where an error was thrown, if its stack has a file above the frames of `caller`, a path. Unlike in a message, URLs in a
 * stack are decoded: they contain spaces and `#`.
 */
export function findPlace(stack: string, caller: string): Place | undefined {
  const frame = exec(/^\s*at (?:async |.*\()?file:\/\/(.*):(\d+):\d+\)?$/m, stack);
  if (frame === null) return undefined;
  const path = native(frame[1]);
  return path === caller ? undefined : { path, line: frame[2] };
}

/** The path of a file URL; any other URL unchanged. */
export function pathOf(url: string): string {
  if (!textStartsWith(url, "file://")) return url;
  const path = textSlice(url, "file://".length); // `new URL` would end it at a # or ? that a module has in an import
  try {
    return native(decodeURIComponent(path));
  } catch {
    return path; // a lone % in an import
  }
}

/** Turns `/C:/job.js` into `C:/job.js`. */
function native(path: string): string {
  return exec(/^\/[A-Za-z]:/, path) === null ? path : textSlice(path, 1);
}
