import { messageOf, OutputError } from "../errors.ts";

/** The file that the output goes to. */
export interface OutputPlace {
  /** Its length in bytes; null if the output does not go to a regular file. */
  length(): number | null;
  /** Truncates it; throws if it is append-only, for example. */
  cut(length: number): void;
}

/**
 * Truncates the file that the output goes to, if it is longer.
 *
 * @throws {OutputError} it could not be truncated
 */
export function cutOutput(place: OutputPlace, length: number): void {
  if (place.length() === length) return;
  try {
    place.cut(length);
  } catch (error) {
    throw new OutputError(
      "stdout",
      `the end of an earlier run's output cannot be cut off: ${messageOf(error)}`,
      "choose another place",
    );
  }
}
