/** A message between two processes: a header, and a body of bytes. */
export interface Frame<T> {
  readonly header: T;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * The version of the frames and of all messages in them (protocol.ts, process_protocol.ts). A process says it first of all, and
 * another version is refused: a change that either side would misread makes it higher.
 */
export const wireVersion = 1;

/** The readable end of a connection. */
export interface Readable {
  read(into: Uint8Array): Promise<number | null>;
}

/** The writable end of a connection. */
export interface Writable {
  write(bytes: Uint8Array): Promise<number>;
}

/** Before each frame: the lengths of its header (JSON as UTF-8) and of its body, as little-endian 32-bit numbers. */
const prefixBytes = 8;

/** A longer header is not a frame of ours. The ranges and stretches of a batch of 8,192 items take less than 1 MiB. */
const maxHeaderBytes = 64 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Encodes a frame; its body is the concatenation of `parts`. */
function encodeFrame(header: unknown, parts: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(JSON.stringify(header));
  const bodyBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const frame = new Uint8Array(prefixBytes + text.length + bodyBytes);
  const lengths = new DataView(frame.buffer);
  lengths.setUint32(0, text.length, true);
  lengths.setUint32(4, bodyBytes, true);
  frame.set(text, prefixBytes);
  let at = prefixBytes + text.length;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** Reads chunks of any size as a file is read: as much as there is place for. */
export function chunkReader(next: () => Promise<{ done?: boolean; value?: Uint8Array }>): Readable["read"] {
  let rest = new Uint8Array();
  return async (into) => {
    while (rest.length === 0) {
      const { done, value } = await next();
      if (done || value === undefined) return null;
      rest = value as Uint8Array<ArrayBuffer>;
    }
    const taken = rest.subarray(0, into.length);
    into.set(taken);
    rest = rest.subarray(taken.length);
    return taken.length;
  };
}

/** Reads frames until the other end closes the connection. An incomplete frame is dropped. */
export async function* readFrames<T>(from: Readable): AsyncGenerator<Frame<T>> {
  let buffer = new Uint8Array(64 * 1024);
  let [start, end] = [0, 0];

  /** Makes `length` bytes contiguous in the buffer; false at the end of the connection. */
  async function have(length: number): Promise<boolean> {
    if (length > buffer.length - start) {
      const roomier = length > buffer.length ? new Uint8Array(length) : buffer;
      roomier.set(buffer.subarray(start, end));
      [buffer, start, end] = [roomier, 0, end - start];
    }
    while (end - start < length) {
      const count = await from.read(buffer.subarray(end));
      if (count === null) return false;
      end += count;
    }
    return true;
  }

  while (await have(prefixBytes)) {
    const lengths = new DataView(buffer.buffer, start, prefixBytes);
    const [headerBytes, bodyBytes] = [lengths.getUint32(0, true), lengths.getUint32(4, true)];
    if (headerBytes > maxHeaderBytes) throw new Error("this is not a frame of tandem's");
    start += prefixBytes;
    if (!await have(headerBytes)) return;
    const header: T = JSON.parse(decoder.decode(buffer.subarray(start, start + headerBytes)));
    start += headerBytes;
    // A body has its own memory. The part that has not arrived is read directly into it.
    const body = new Uint8Array(bodyBytes);
    let filled = Math.min(bodyBytes, end - start);
    body.set(buffer.subarray(start, start + filled));
    start += filled;
    while (filled < bodyBytes) {
      const count = await from.read(body.subarray(filled));
      if (count === null) return;
      filled += count;
    }
    yield { header, body };
  }
}

/** Writes frames one after the other without blocking the caller. Frames are dropped once the connection is closed. */
export class FrameWriter {
  #to: Writable | undefined;
  #closed = false;
  readonly #queue: Uint8Array[] = [];
  #writing = Promise.resolve();
  #busy = false;

  /** Writes all frames to `to`, including those queued so far. */
  open(to: Writable): void {
    this.#to = to;
    this.#pump();
  }

  /** Writes nothing more and drops the queue. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  send(header: unknown, parts?: readonly Uint8Array[]): void {
    if (this.#closed) return;
    this.#queue.push(encodeFrame(header, parts));
    this.#pump();
  }

  /** Resolves when everything sent so far is written, or the connection is closed. */
  get flushed(): Promise<void> {
    return this.#writing;
  }

  #pump(): void {
    if (this.#busy || this.#to === undefined) return;
    this.#busy = true;
    this.#writing = this.#writeAll(this.#to).catch(() => this.close());
  }

  async #writeAll(to: Writable): Promise<void> {
    for (let frame = this.#queue.shift(); frame !== undefined; frame = this.#queue.shift()) {
      for (let written = 0; written < frame.length;) written += await to.write(frame.subarray(written));
    }
    this.#busy = false; // in the same turn as the last check of the queue, so that a later frame starts a new write
  }
}
