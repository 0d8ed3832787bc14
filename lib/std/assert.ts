/** The door to `@std/assert`: what this project uses of it, typed. */
// @ts-types="./assert.d.ts"
export { assert } from "npmstd/assert/assert.js";
// @ts-types="./assert.d.ts"
export { assertAlmostEquals } from "npmstd/assert/almost_equals.js";
// @ts-types="./assert.d.ts"
export { assertEquals } from "npmstd/assert/equals.js";
// @ts-types="./assert.d.ts"
export { assertMatch } from "npmstd/assert/match.js";
// @ts-types="./assert.d.ts"
export { assertRejects } from "npmstd/assert/rejects.js";
// @ts-types="./assert.d.ts"
export { assertStringIncludes } from "npmstd/assert/string_includes.js";
// @ts-types="./assert.d.ts"
export { assertThrows } from "npmstd/assert/throws.js";
// @ts-types="./assert.d.ts"
export { unreachable } from "npmstd/assert/unreachable.js";
