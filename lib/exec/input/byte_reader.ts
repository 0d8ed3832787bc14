/** Something that bytes are read from, like `Deno.stdin` or an open file. */
export interface ByteReader {
  /** Resolves to how many bytes were put into `into`; null at the end. */
  read(into: Uint8Array): Promise<number | null>;
  close(): void;
}

/** The inputs of a run, one after the other. */
export interface Inputs {
  /** Opens the next one; undefined if there is none. `-` is stdin. */
  next(): Promise<ByteReader | undefined>;
  /** Bytes of all of them together; undefined if one is no regular file. */
  totalBytes(): number | undefined;
}
