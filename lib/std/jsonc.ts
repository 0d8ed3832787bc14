/** The door to `@std/jsonc`: what this project uses of it, typed. */
// @ts-types="./jsonc.d.ts"
export { parse } from "npmstd/jsonc/parse.js";
