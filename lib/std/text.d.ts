/** How many single-letter edits lead from one text to the other. */
export declare function levenshteinDistance(a: string, b: string): number;
