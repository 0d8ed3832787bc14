import { isError, textStartsWith } from "../natives.ts";
import { ourFolder } from "../entry_points.ts";
import { findPlace, pathOf } from "./place.ts";

const ours = pathOf(ourFolder.href);

/** Where an error was created, as `path:line`, if the innermost stack frame with a file is in the user's code. */
export function jobFrame(thrown: unknown): string | undefined {
  try {
    const place = isError(thrown) ? findPlace(`${thrown.stack}`, "") : undefined;
    return place === undefined || textStartsWith(place.path, ours) ? undefined : `${place.path}:${place.line}`;
  } catch {
    return undefined; // the job has replaced a built-in that this needs
  }
}
