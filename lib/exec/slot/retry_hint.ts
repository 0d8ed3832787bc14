import { ceil, dateNow, exec, getTime, Number, objectToString, parseDate } from "../../natives.ts";
import type { RetryPolicy } from "../wire/retry_policy.ts";

/** When an item that failed may run again. */
export interface RetryHint {
  /** Not before so many milliseconds; negative: never. */
  readonly afterMs: number;
  /** Why it does not, if its error does not show that: the end of the error's message. */
  readonly why?: string;
}

/** What an error says of the item's next attempt, and what the policy makes of it. `name`: the error's name in its record. */
export type HintOf = (thrown: unknown, name: string) => RetryHint | undefined;

/**
 * The hints of a job: `retryable: false` on what it throws, `retryAfter` (seconds, a Date, or the text of a header), and the header
 * Retry-After of a thrown Response (RFC 9110, 10.2.3). A pause longer than the policy's is not cut short, because the service has
 * said that it will refuse: the item fails at once, as with `maxRetryAfter` of got. `limit` names that limit. What makes no
 * sense, and what throws when it is read, says nothing.
 */
export function hintsBy({ maxMs, names }: RetryPolicy, limit: string): HintOf {
  return (thrown, name) => {
    if (names !== undefined && !isAmong(names, name) || isFinal(thrown)) return { afterMs: -1 };
    const ms = ceil(askedMs(thrown));
    if (ms > maxMs) return { afterMs: -1, why: `it asks to wait ${ceil(ms / 1000)} s, longer than ${limit}` };
    return ms > 0 ? { afterMs: ms } : undefined;
  };
}

function isAmong(names: readonly string[], name: string): boolean {
  for (let i = 0; i < names.length; i++) if (names[i] === name) return true;
  return false;
}

function isFinal(thrown: unknown): boolean {
  try {
    return (thrown as { readonly retryable?: unknown }).retryable === false;
  } catch {
    return false;
  }
}

/** How long to wait, in milliseconds; NaN if nothing is said. */
function askedMs(thrown: unknown): number {
  try {
    const { retryAfter = headerOf(thrown) } = thrown as { readonly retryAfter?: unknown };
    switch (typeof retryAfter) {
      case "number":
        return retryAfter * 1000;
      case "string":
        return headerMs(retryAfter);
      case "object":
        return getTime(retryAfter as Date) - dateNow();
      default:
        return NaN;
    }
  } catch {
    return NaN;
  }
}

function headerOf(thrown: unknown): string | null | undefined {
  if (objectToString(thrown) !== "[object Response]") return undefined;
  const { headers } = thrown as Response;
  return headers.get("retry-after");
}

/** `120`, or `Fri, 31 Dec 1999 23:59:59 GMT`. `Date.parse` alone would take almost anything for a date. */
function headerMs(text: string): number {
  if (exec(/^\s*\d+(?:\.\d+)?\s*$/, text) !== null) return Number(text) * 1000;
  return exec(/^\s*[A-Z][a-z]+, .* GMT\s*$/, text) !== null ? parseDate(text) - dateNow() : NaN;
}
