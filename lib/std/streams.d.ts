/** Cuts a stream of text into lines, without their `\n` or `\r\n`. */
export declare class TextLineStream extends TransformStream<string, string> {
  constructor(options?: { readonly allowCR?: boolean });
}

/** All of a stream, as one text. */
export declare function toText(stream: ReadableStream<string> | ReadableStream<Uint8Array>): Promise<string>;
