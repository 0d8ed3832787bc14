/** The door to `@std/streams`: what this project uses of it, typed. */
// @ts-types="./streams.d.ts"
export { TextLineStream } from "npmstd/streams/text_line_stream.js";
// @ts-types="./streams.d.ts"
export { toText } from "npmstd/streams/to_text.js";
