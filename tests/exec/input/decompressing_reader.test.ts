import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import * as zlib from "node:zlib";
import { BrokenData, type Compression, decompressing } from "../../../lib/exec/input/decompressing_reader.ts";
import type { ByteReader } from "../../../lib/exec/input/byte_reader.ts";
import { bytesOf, chunksOf, textOf } from "./cut_items.ts";

/** A reader of these chunks, each as many reads as it needs. */
function readerOf(chunks: readonly Uint8Array[]) {
  const left = [...chunks];
  let [taken, closed] = [0, 0];
  const reader: ByteReader = {
    read(into) {
      while (left[0]?.length === 0) left.shift();
      if (left.length === 0) return Promise.resolve(null);
      const part = left[0].subarray(0, into.length);
      left[0] = left[0].subarray(part.length);
      into.set(part);
      taken += part.length;
      return Promise.resolve(part.length);
    },
    close: () => void closed++,
    taken: () => taken,
  };
  return { reader, closed: () => closed };
}

function opened(start: Uint8Array, chunks: readonly Uint8Array[], compression: Compression) {
  const { reader, closed } = readerOf(chunks);
  const found = decompressing(reader, start, compression);
  return { found, closed };
}

/** All that the reader gives, `size` bytes at a time; and what it throws in the end. */
async function contents(
  reader: ByteReader,
  size: number,
): Promise<{ readonly text: string; readonly error?: unknown }> {
  let text = "";
  try {
    while (true) {
      const into = new Uint8Array(size);
      const count = await reader.read(into);
      if (count === null) return { text };
      text += textOf(into.subarray(0, count));
    }
  } catch (error) {
    return { text, error };
  } finally {
    reader.close();
  }
}

const compress: Readonly<Record<Compression, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => new Uint8Array(zlib.gzipSync(bytes)),
  zstd: (bytes) => new Uint8Array(zlib.zstdCompressSync(bytes)),
};

const joined = (parts: readonly Uint8Array[]) => bytesOf(parts.map(textOf).join(""));

for (const compression of ["gzip", "zstd"] as const) {
  Deno.test(`decompressing: members of ${compression}, one after another, in any chunks`, async () => {
    const texts = fc.array(fc.string({ unit: "binary-ascii", maxLength: 50 }), {
      minLength: 1,
    });
    const places = fc.array(fc.nat(10_000), { maxLength: 5 });
    const sizes = fc.constantFrom(1, 7, 1000);
    await fc.assert(
      fc.asyncProperty(texts, places, fc.nat(9), sizes, async (texts, places, start, size) => {
        const all = joined(texts.map((text) => compress[compression](bytesOf(text))));
        const { found } = opened(all.slice(0, start), chunksOf(all.subarray(start), places), compression);
        assertEquals(await contents(found, size), { text: texts.join("") });
      }),
      { numRuns: 100 },
    );
  });

  Deno.test(`decompressing: more ${compression} than fits into memory at once, and back to where it was`, async () => {
    const text = Array.from({ length: 300_000 }, (_, i) => `${i}\n`).join("");
    const { found, closed } = opened(new Uint8Array(), [compress[compression](bytesOf(text))], compression);
    const { text: back } = await contents(found, 100_000);
    assert(back === text, `${back.length} of ${text.length}`);
    assertEquals(closed(), 1);
  });

  Deno.test(`decompressing: ${compression} that breaks off gives what came before, and says so`, async () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `${Math.sin(i)}\n`).join("");
    const first = compress[compression](bytesOf(text));
    const more = compress[compression](bytesOf("more"));
    for (const end of [3, 9, more.length - 1]) {
      const cut = joined([first, more.subarray(0, end)]);
      const { found } = opened(cut, [], compression);
      const { text: back, error } = await contents(found, 100_000);
      assert(back.startsWith(text), `${back.length} of ${text.length}`);
      assert(error instanceof BrokenData && error.breaksOff, `${error}`);
    }
    const half = opened(first.subarray(0, first.length / 2), [], compression);
    const { text: part, error } = await contents(half.found, 100_000);
    assert(text.startsWith(part) && part.length > text.length / 4, `${part.length} of ${text.length}`);
    assert(error instanceof BrokenData && error.breaksOff, `${error}`);
  });
}

Deno.test("decompressing: damaged gzip data say what is wrong, each time when they are read", async () => {
  const bytes = compress.gzip(bytesOf("hello, world"));
  bytes[bytes.length - 6] ^= 1; // of the check sum
  const { found } = opened(bytes, [], "gzip");
  const reads = async () => {
    while (await found.read(new Uint8Array(5)) !== null);
  };
  const error = await assertRejects(reads, BrokenData);
  assert(!error.breaksOff, error.message);
  await assertRejects(reads, BrokenData);
  found.close();
});

Deno.test("decompressing: zstd frames of all kinds, whole, cut anywhere, and followed by what is none", async () => {
  const [long, small] = ["abc\n".repeat(100_000), "x"];
  const skippable = bytesOf("\x5a\x2a\x4d\x18\x05\0\0\0hello");
  const kinds: readonly (readonly [Uint8Array, string])[] = [
    [compress.zstd(bytesOf(long)), long],
    [compress.zstd(new Uint8Array()), ""],
    [new Uint8Array(zlib.zstdCompressSync(small, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } })), small],
    [compress.zstd(bytesOf("0".repeat(500_000))), "0".repeat(500_000)], // of one byte, repeated
    [skippable, ""],
    [compress.zstd(crypto.getRandomValues(new Uint8Array(60_000)).map((byte) => byte & 127)), ""],
  ];
  for (const [frame, text] of kinds) {
    const { found } = opened(joined([compress.zstd(bytesOf("1\n")), frame, compress.zstd(bytesOf("2\n"))]), [], "zstd");
    const whole = await contents(found, 100_000);
    assertEquals(whole.error, undefined);
    if (text !== "" || frame.length < 100) assert(whole.text === `1\n${text}2\n`, `${whole.text.length}`);
    for (const at of [1, 4, 5, 6, frame.length - 1].filter((at) => at < frame.length)) {
      const cut = await contents(
        opened(joined([compress.zstd(bytesOf("1\n")), frame.subarray(0, at)]), [], "zstd").found,
        9,
      );
      assert(
        cut.text.startsWith("1\n") && cut.error instanceof BrokenData && cut.error.breaksOff,
        `${at}: ${cut.error}`,
      );
    }
  }
  const { text, error } = await contents(opened(joined([kinds[2][0], bytesOf("none!")]), [], "zstd").found, 9);
  assertEquals(text, small);
  assert(error instanceof BrokenData && !error.breaksOff, `${error}`);
});

Deno.test("decompressing: zeros after the last member are padding", async () => {
  const { found } = opened(joined([compress.gzip(bytesOf("a")), new Uint8Array(600)]), [], "gzip");
  assertEquals(await contents(found, 10), { text: "a" });
});

Deno.test("decompressing: what a reader throws is thrown on, after what came before", async () => {
  const { reader } = readerOf([]);
  const broken = { ...reader, read: () => Promise.reject(new RangeError("gone")) };
  const found = decompressing(broken, compress.gzip(bytesOf("abc")), "gzip");
  const { text, error } = await contents(found, 10);
  assertEquals([text, `${error}`], ["abc", "RangeError: gone"]);
});

Deno.test("decompressing: it tells how many compressed bytes were read", async () => {
  const bytes = compress.gzip(bytesOf("x".repeat(1_000_000)));
  const { found } = opened(new Uint8Array(), [bytes], "gzip");
  await found.read(new Uint8Array(100));
  assertEquals(found.taken?.(), bytes.length);
  found.close();
});
