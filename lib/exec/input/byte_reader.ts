/** A source of bytes, like `Deno.stdin` or an open file. */
export interface ByteReader {
  /** Resolves to the number of bytes read into `into`; null at the end. */
  read(into: Uint8Array): Promise<number | null>;
  close(): void;
  /** How many bytes of the input have been read, where that is not what `read` gave, because they were compressed. */
  taken?(): number;
}

/** The inputs of a run, in order. */
export interface Inputs {
  /** Opens the next input; undefined if there is none. `-` is stdin. */
  next(): Promise<ByteReader | undefined>;
  /** The total number of bytes of all inputs; undefined if one is not a regular file. */
  totalBytes(): number | undefined;
}
