import { levenshteinDistance } from "@std/text";

/** The known word closest to a mistyped one; undefined if none is close: at most a third of its letters differ, or two are swapped. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance <= limit || (word.length >= 3 && candidate.startsWith(word)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** How many letters differ; two neighbours that are swapped count once. */
function distanceOf(word: string, candidate: string): number {
  const at = [...candidate].findIndex((letter, i) => letter !== word[i]);
  const swapped = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
  return at !== -1 && swapped === candidate ? 1 : levenshteinDistance(word, candidate);
}

/** ` Did you mean X?`, or nothing. */
export function didYouMean(word: string, known: readonly string[], prefix = ""): string {
  const found = suggest(word, known);
  return found === undefined ? "" : ` Did you mean ${prefix}${found}?`;
}
