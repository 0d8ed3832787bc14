import { charCodeAt, substring } from "../../natives.ts";

/** At most the first `units` UTF-16 units of a text, never half a surrogate pair, and `…` if that is not all of it. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = charCodeAt(text, units - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return `${substring(text, 0, isHalf ? units - 1 : units)}…`;
}
