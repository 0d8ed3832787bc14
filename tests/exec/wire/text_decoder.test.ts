import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { textDecoder } from "../../../lib/exec/wire/text_decoder.ts";

/** The platform's own strict decoder; a byte order mark is text like any other. */
function reference(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const encoded = fc.string({ unit: "binary", maxLength: 8 }).map((text) => new TextEncoder().encode(text));
/** Mostly valid, with bytes of sequences that begin, go on or are too long. */
const bytes = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: encoded },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        [0xef, 0xbb, 0xbf],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xe2, 0x82],
        [0x00],
      ),
    },
  ),
  { maxLength: 6 },
).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

Deno.test("text decoder: takes what TextDecoder takes, and refuses what it refuses, in shared memory too", () => {
  let [valid, invalid] = [0, 0];
  fc.assert(
    fc.property(bytes, fc.nat(5), fc.nat(5), (part, before, after) => {
      const shared = new Uint8Array(new SharedArrayBuffer(before + part.length + after), 0);
      shared.fill(0xff);
      shared.set(part, before);
      const expected = reference(part);
      const decoded = textDecoder(shared)(before, before + part.length);
      assertEquals(decoded?.text, expected);
      assertEquals(decoded?.ascii, expected === undefined ? undefined : part.every((byte) => byte < 128));
      if (expected === undefined) invalid++;
      else valid++;
    }),
    { numRuns: 3_000 },
  );
  assert(valid > 300 && invalid > 300, `${valid} valid, ${invalid} invalid`);
});

Deno.test("text decoder: of bytes that do not begin where their memory does", () => {
  const memory = new TextEncoder().encode("xxabcäyy");
  const decode = textDecoder(memory.subarray(2, 7));
  assertEquals([decode(0, 3), decode(3, 5), decode(5, 5)], [
    { text: "abc", ascii: true },
    { text: "ä", ascii: false },
    { text: "", ascii: true },
  ]);
});

Deno.test("text decoder: long texts", () => {
  for (const unit of ["a", "é", "\u{1f600}"]) {
    const text = unit.repeat(1_000_000);
    const bytes = new TextEncoder().encode(text);
    assert(textDecoder(bytes)(0, bytes.length)?.text === text);
  }
});

Deno.test("text decoder: long texts, before and after node:buffer is there", async () => {
  const texts = ["a".repeat(10_000), `${"a".repeat(5_000)}ä`, `\ufffd${"b".repeat(5_000)}`].map((text) => ({
    text,
    bytes: new TextEncoder().encode(text),
  }));
  const broken = new TextEncoder().encode("c".repeat(5_000));
  broken[4_000] = 0xff;
  const check = () => {
    for (const { text, bytes } of texts) {
      const ascii = /^\p{ASCII}*$/u.test(text);
      assertEquals(textDecoder(bytes)(0, bytes.length), { text, ascii });
    }
    assertEquals(textDecoder(broken)(0, broken.length), undefined);
  };
  check();
  await import("node:buffer");
  await new Promise((resolve) => setImmediate(resolve));
  check();
});

Deno.test("text decoder: the replacement character is text where the input has it, in shared memory too", () => {
  const encoded = new TextEncoder().encode("a\ufffdb");
  const shared = new Uint8Array(new SharedArrayBuffer(encoded.length + 1));
  shared.set(encoded);
  shared[encoded.length] = 0xff;
  const decode = textDecoder(shared);
  assertEquals(decode(0, encoded.length), { text: "a\ufffdb", ascii: false });
  assertEquals(decode(0, encoded.length + 1), undefined);
});

const samples = ["", "{}", "\ufeffa", "ä", "\u{1f600}".repeat(300), "a".repeat(5_000)].map((text) => ({
  text,
  bytes: new TextEncoder().encode(text),
}));
const broken = Uint8Array.of(97, 0xff);

/** Methods of Node's buffers, which their types leave out. */
type Slice = (this: Uint8Array, from: number, end: number) => string;
const buffers = Buffer.prototype as unknown as Record<"latin1Slice" | "utf8Slice", Slice>;

/** Does something while a method of Node's buffers is another one. */
function withMethod(name: keyof typeof buffers, method: Slice, act: () => void): void {
  const own = buffers[name];
  buffers[name] = method;
  try {
    act();
  } finally {
    buffers[name] = own;
  }
}

for (
  const [what, method] of [
    ["gives nonsense", () => "nonsense"],
    ["throws", () => {
      throw new Error("broken by the job");
    }],
  ] as const
) {
  Deno.test(`text decoder: a Buffer that ${what}, as the job has replaced its methods, changes no text`, () => {
    withMethod("utf8Slice", method, () => {
      for (const { text, bytes } of samples) {
        assertEquals(textDecoder(bytes)(0, bytes.length), { text, ascii: /^\p{ASCII}*$/u.test(text) });
      }
      const decode = textDecoder(samples[3].bytes);
      assertEquals([decode(0, 1), textDecoder(broken)(0, 2)], [undefined, undefined]);
      assertEquals(textDecoder(broken)(0, 1), { text: "a", ascii: true });
    });
  });
}

/** Which texts a method of Node's buffers makes. */
function textsBy(name: keyof typeof buffers, texts: readonly string[]): string[] {
  const made: string[] = [];
  const own = buffers[name];
  const noting: Slice = function (from, end) {
    made.push(own.call(this, from, end));
    return made.at(-1)!;
  };
  withMethod(name, noting, () => {
    for (const text of texts) {
      const bytes = new TextEncoder().encode(text);
      const decode = textDecoder(bytes);
      made.length = 0; // it has been tried
      decode(0, bytes.length);
    }
  });
  return made;
}

Deno.test("text decoder: it takes the quickest way: Buffer, and for long ASCII in a Deno that is quick at it Latin-1", async () => {
  textDecoder(broken);
  await import("node:buffer");
  await new Promise((resolve) => setImmediate(resolve));
  const isQuick = !/^2\.[0-8]\./.test(Deno.version.deno);
  const [short, long] = ["a".repeat(511), "a".repeat(512)];
  for (const text of [short, long, `${long}ä`]) {
    const isLatin1 = isQuick && text === long;
    assertEquals(textsBy("latin1Slice", [text]), isLatin1 ? [text] : []);
    assertEquals(textsBy("utf8Slice", [text]), isLatin1 ? [] : [text]);
  }
});
