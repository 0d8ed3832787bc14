/** The door to `@std/text`: what this project uses of it, typed. */
// @ts-types="./text.d.ts"
export { levenshteinDistance } from "npmstd/text/levenshtein_distance.js";
