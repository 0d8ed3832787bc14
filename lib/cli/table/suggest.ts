import { levenshteinDistance } from "@std/text";

/** The known word closest to a mistyped one; undefined if none is close: at most a third of its letters differ. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = known
    .map((candidate) => ({ candidate, distance: levenshteinDistance(word.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance <= limit || (word.length >= 3 && candidate.startsWith(word)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(word: string, known: readonly string[], prefix = ""): string {
  const found = suggest(word, known);
  return found === undefined ? "" : ` Did you mean ${prefix}${found}?`;
}
