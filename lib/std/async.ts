/** The door to `@std/async`: what this project uses of it, typed. */
// @ts-types="./async.d.ts"
export { MuxAsyncIterator } from "npmstd/async/mux_async_iterator.js";
// @ts-types="./async.d.ts"
export { delay } from "npmstd/async/delay.js";
