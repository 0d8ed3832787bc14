/** The door to `@std/cli`: what this project uses of it, typed. */
// @ts-types="./cli.d.ts"
export { parseArgs } from "npmstd/cli/parse_args.js";
