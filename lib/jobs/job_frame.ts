import { Error, textStartsWith } from "../natives.ts";
import { findPlace, pathOf } from "./place.ts";

const ours = pathOf(new URL("../", import.meta.url).href);

/** Where in the user's code an error was made, as `path:line`, if the innermost frame of its stack with a file is there. */
export function jobFrame(thrown: unknown): string | undefined {
  try {
    const place = thrown instanceof Error ? findPlace(`${thrown.stack}`, "") : undefined;
    return place === undefined || textStartsWith(place.path, ours) ? undefined : `${place.path}:${place.line}`;
  } catch {
    return undefined; // the job has replaced what this is made of
  }
}
