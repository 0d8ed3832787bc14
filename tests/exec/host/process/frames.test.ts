import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type Frame, FrameWriter, type Readable, readFrames } from "../../../../lib/exec/host/process/frames.ts";

/** Bytes that come in pieces of these lengths, again and again. */
function inPieces(bytes: Uint8Array, lengths: readonly number[]): Readable {
  let [at, piece] = [0, 0];
  return {
    read(into) {
      if (at === bytes.length) return Promise.resolve(null);
      const count = Math.min(lengths[piece++ % lengths.length], into.length, bytes.length - at);
      into.set(bytes.subarray(at, at + count));
      at += count;
      return Promise.resolve(count);
    },
  };
}

/** A connection that takes at most `most` bytes at once. */
function sink(most = Infinity) {
  const written: number[] = [];
  return {
    written,
    get bytes() {
      return Uint8Array.from(written);
    },
    write(bytes: Uint8Array) {
      const taken = bytes.subarray(0, most);
      for (const byte of taken) written.push(byte);
      return Promise.resolve(taken.length);
    },
  };
}

/** These frames as bytes. */
async function encoded(frames: readonly (readonly [header: unknown, ...parts: Uint8Array[]])[]): Promise<Uint8Array> {
  const to = sink();
  const writer = new FrameWriter();
  writer.open(to);
  for (const [header, ...parts] of frames) writer.send(header, parts);
  await writer.flushed;
  return to.bytes;
}

async function read(bytes: Uint8Array, lengths: readonly number[] = [Infinity]): Promise<unknown[][]> {
  const frames: Frame<unknown>[] = await Array.fromAsync(readFrames(inPieces(bytes, lengths)));
  return frames.map(({ header, body }) => [header, ...body]);
}

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

Deno.test("frames: what one end sends the other reads, however the bytes are cut on their way", async () => {
  const part = fc.uint8Array({ maxLength: 40 });
  const frame = fc.tuple(fc.record({ kind: fc.constantFrom("items", "ä", "𝄞\u0000", "") }), part, part);
  const property = fc.asyncProperty(
    fc.array(frame, { maxLength: 8 }),
    fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 50 }),
    async (frames, lengths, most) => {
      const to = sink(most);
      const writer = new FrameWriter();
      const late = frames.length >> 1; // the others are sent before the connection is there
      for (const [header, ...parts] of frames.slice(late)) writer.send(header, parts);
      writer.open(to);
      await writer.flushed;
      for (const [header, ...parts] of frames.slice(0, late)) writer.send(header, parts);
      await writer.flushed;
      const expected = [...frames.slice(late), ...frames.slice(0, late)].map(([header, a, b]) => [header, ...a, ...b]);
      assertEquals(await read(to.bytes, lengths), expected);
    },
  );
  await fc.assert(property, { numRuns: 50 });
});

Deno.test("frames: headers and bodies may be longer than what is read at once, and a body keeps its bytes", async () => {
  const long = "x".repeat(200_000);
  const sent = await encoded([["a"], [long, bytes(3, 1)], ["b", bytes(150_000, 2)], ["c", bytes(2, 3)]]);
  for (const lengths of [[Infinity], [65_536], [7, 50_000], [64_999, 1]]) {
    const found = await read(sent, lengths);
    const shown = found.map(([header, ...body]) => [header === long ? "long" : header, body.length, ...new Set(body)]);
    assertEquals(shown, [["a", 0], ["long", 3, 1], ["b", 150_000, 2], ["c", 2, 3]], `${lengths}`);
  }
});

Deno.test("frames: an incomplete frame is dropped, wherever it ends", async () => {
  const one = await encoded([["one", bytes(5, 1)]]);
  const two = await encoded([["one", bytes(5, 1)], ["two", bytes(5, 2)]]);
  for (let length = one.length; length < two.length; length++) {
    assertEquals(await read(two.subarray(0, length), [3]), [["one", 1, 1, 1, 1, 1]], `${length} bytes`);
  }
});

Deno.test("frames: what is not a frame of ours is refused before memory is taken for it", async () => {
  const text = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n");
  await assertRejects(() => read(text), Error, "not a frame of tandem's");
});

Deno.test("frames: a read in the middle of a frame waits for the next bytes only, not for a full buffer", async () => {
  const sent = await encoded([["one", bytes(1, 1)], ["two", bytes(1, 2)]]);
  const cut = sent.length >> 1;
  let reads = 0;
  const from: Readable = {
    read(into) {
      if (++reads > 1) return new Promise(() => {}); // silent
      into.set(sent.subarray(0, cut));
      return Promise.resolve(cut);
    },
  };
  const { value } = await readFrames(from).next();
  assertEquals([value?.header, reads], ["one", 1]);
});

Deno.test("frame writer: one write at a time, in order; later frames do not wait for another call", async () => {
  const open: (() => void)[] = [];
  const started: number[] = [];
  const writer = new FrameWriter();
  writer.open({
    async write({ length }) {
      started.push(length);
      await new Promise<void>((resolve) => open.push(resolve));
      return length;
    },
  });
  writer.send("one");
  writer.send("three");
  const { flushed } = writer;
  assertEquals(started, [13]);
  open.shift()!();
  while (open.length === 0) await undefined;
  assertEquals(started, [13, 15]);
  open.shift()!();
  await flushed;
  writer.send("four");
  assertEquals(started, [13, 15, 14]);
  open.shift()!();
  await writer.flushed;
});

Deno.test("frame writer: once the connection fails or is closed, nothing more is written or kept", async () => {
  let writes = 0;
  const broken = new FrameWriter();
  broken.open({
    write() {
      writes++;
      return Promise.reject(new Error("broken pipe"));
    },
  });
  broken.send("one");
  broken.send("two");
  await broken.flushed;
  broken.send("three");
  await broken.flushed;
  assertEquals(writes, 1);

  const closed = new FrameWriter();
  closed.send("before");
  closed.close();
  closed.send("after");
  const to = sink();
  closed.open(to);
  await closed.flushed;
  assertEquals(to.written, []);
});
