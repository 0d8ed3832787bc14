import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { nextTurn } from "../../clock.ts";
import type { ByteReader } from "./byte_reader.ts";
import { NoFrame, ZstdFrames } from "./zstd_frames.ts";

/** How an input can be compressed. */
export type Compression = "gzip" | "zstd";

/** Compressed data that are not what they seem to be. */
export class BrokenData extends Error {
  /** They end too early; otherwise they are damaged, as `found` says. */
  readonly breaksOff: boolean;

  constructor(error: Error) {
    super(error.message);
    this.breaksOff = "code" in error && error.code === "Z_BUF_ERROR" || /unexpected end/.test(error.message);
  }
}

/** So many compressed bytes at once: at most 16 MiB come out of them. */
const pieceBytes = 16 * 1024;

/** As many bytes as come out at once. */
const chunkSize = 64 * 1024;

/**
 * What compressed bytes hold: `start`, which has been read already, and all that the reader gives. Members or frames may follow
 * one another. Reading rejects with BrokenData.
 *
 * Not a DecompressionStream: that ends with the first member of a gzip file (WHATWG Compression, section 5), and makes all that a
 * chunk holds in one piece, however much that is.
 */
export function decompressing(reader: ByteReader, start: Uint8Array, compression: Compression): ByteReader {
  const engine = compression === "gzip" ? zlib.createGunzip({ chunkSize }) : zlib.createZstdDecompress({ chunkSize });
  const frames = compression === "zstd" ? new ZstdFrames() : undefined;
  const output: Uint8Array[] = [];
  const pieces: Uint8Array[] = [];
  let rest = start;
  let broken: NoFrame | undefined; // behind the pieces
  let failure: Error | undefined;
  let hasEnded = false;
  const ended = Promise.withResolvers<void>();
  engine.on("data", (bytes: Uint8Array) => output.push(bytes));
  engine.on("error", (error: Error) => failure ??= error);
  for (const event of ["end", "close"]) engine.on(event, () => (hasEnded = true, ended.resolve()));

  /** Reads more compressed bytes; resolves to false if there are none. */
  async function readPieces(): Promise<boolean> {
    if (rest.length === 0) {
      const into = new Uint8Array(pieceBytes);
      const count = await reader.read(into);
      if (count === null) return false;
      rest = into.subarray(0, count);
    }
    const bytes = rest.subarray(0, pieceBytes);
    rest = rest.subarray(bytes.length);
    try {
      for (const piece of frames?.split(bytes) ?? [bytes]) pieces.push(piece);
    } catch (error) {
      if (!(error instanceof NoFrame)) throw error;
      broken = error;
    }
    return true;
  }

  /** Gives the engine more; resolves when it has made of it what it can. */
  async function advance(transform: Transform): Promise<void> {
    if (pieces.length === 0 && (broken !== undefined || !await readPieces())) return await finish(transform);
    const piece = pieces.shift();
    if (piece === undefined) return;
    const written = new Promise<void>((resolve) => transform.write(piece, () => resolve()));
    await Promise.race([written, ended.promise]);
  }

  async function finish(transform: Transform): Promise<void> {
    while (transform.readableLength > 0 && !hasEnded) await nextTurn(); // an error would take what is not out yet
    failure ??= broken ?? (frames?.isInside ? new Error("unexpected end of data") : undefined);
    if (failure !== undefined) return;
    transform.end();
    await ended.promise;
  }

  return {
    async read(into) {
      while (output.length === 0) {
        if (failure !== undefined) throw new BrokenData(failure);
        if (hasEnded) return null;
        await advance(engine);
      }
      const bytes = output[0].subarray(0, into.length);
      into.set(bytes);
      if (bytes.length === output[0].length) output.shift();
      else output[0] = output[0].subarray(bytes.length);
      return bytes.length;
    },
    close() {
      engine.destroy();
      reader.close();
    },
    taken: reader.taken,
  };
}
