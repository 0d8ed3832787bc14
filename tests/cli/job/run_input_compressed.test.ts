import { assertEquals, assertRejects } from "@std/assert";
import zlib from "node:zlib";
import { type InputKind, openInputs } from "../../../lib/cli/job/run_input.ts";
import { UsageError } from "../../../lib/errors.ts";

const lines: InputKind = { input: "lines", separator: "\n" };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const gzip = (text: string | Uint8Array) => new Uint8Array(zlib.gzipSync(text));
const zstd = (text: string | Uint8Array) => new Uint8Array(zlib.zstdCompressSync(text));

/** What stdin holds, where a read gives this many bytes at most, into memory that holds something else before. */
async function contents(bytes: Uint8Array, most = Infinity, kind = lines): Promise<string> {
  let at = 0;
  const read = (into: Uint8Array) => {
    const part = bytes.subarray(at, at + Math.min(most, into.length));
    into.set(part);
    at += part.length;
    return Promise.resolve(part.length === 0 ? null : part.length);
  };
  const input = await openInputs([], { terminal: false, length: null, read }, kind).next();
  if (input === undefined) throw new Error("no input");
  const into = new Uint8Array(1_000).fill(0x28);
  let text = "";
  for (let count = await input.read(into); count !== null; count = await input.read(into)) {
    assertEquals(count > 0, true);
    text += new TextDecoder().decode(into.subarray(0, count));
    into.fill(0x28);
  }
  input.close();
  return text;
}

Deno.test("input: gzip and Zstandard data are read as what they hold, also twice compressed, in parts of any size", async () => {
  const text = "line 1\nline 2\n";
  for (const bytes of [gzip(text), zstd(text), gzip(zstd(text)), zstd(gzip(text)), bytesOf(text)]) {
    for (const most of [1, 2, 3, 5, Infinity]) assertEquals(await contents(bytes, most), text);
  }
});

Deno.test("input: nothing is compressed that only begins like it", async () => {
  // each differs from what begins gzip or Zstandard data in one byte, or is shorter
  for (const text of ["(", "(\n", "(a/b\n", "\x1f", "\x1f\n", "\x1fa\n"]) {
    for (const most of [1, Infinity]) assertEquals(await contents(bytesOf(text), most), text);
  }
  const near = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfe);
  assertEquals(await contents(near), new TextDecoder().decode(near));
});

Deno.test("input: compressed nothing is nothing", async () => {
  for (const bytes of [gzip(""), zstd(""), new Uint8Array()]) assertEquals(await contents(bytes), "");
});

Deno.test("input: compressed data that break off, or are damaged, are named so", async () => {
  const text = Array.from({ length: 2_000 }, (_, i) => `line ${i * i}\n`).join("");
  const said = async (bytes: Uint8Array) => (await assertRejects(() => contents(bytes), UsageError)).message;
  for (const [compress, what] of [[gzip, "gzip data"], [zstd, "Zstandard data"]] as const) {
    const whole = compress(text);
    assertEquals(
      await said(whole.subarray(0, whole.length - 9)),
      `cannot read all of stdin: its ${what} break off before their end`,
    );
    const damaged = whole.map((byte, i) => i > 20 && i < 60 ? byte ^ 0x5a : byte);
    assertEquals((await said(damaged)).startsWith(`cannot read all of stdin: its ${what} are damaged: `), true);
  }
});

Deno.test("input: what cannot be read is said so, also where it is compressed", async () => {
  const whole = gzip("1\n".repeat(1_000));
  let reads = 0;
  const read = (into: Uint8Array) => {
    if (reads++ > 0) return Promise.reject(new Error("broken"));
    into.set(whole.subarray(0, 12));
    return Promise.resolve(12);
  };
  const input = await openInputs([], { terminal: false, length: null, read }, lines).next();
  const into = new Uint8Array(100);
  await assertRejects(
    async () => {
      while (await input!.read(into) !== null);
    },
    UsageError,
    'cannot read "stdin": broken',
  );
});

Deno.test("input: compressed data that hold compressed data of another kind are refused with what to do", async () => {
  const xz = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0);
  const { message } = await assertRejects(() => contents(gzip(xz)), UsageError);
  assertEquals(
    message,
    "cannot read stdin: it seems to be xz data, where UTF-8 is expected; convert it first: xz -dc",
  );
});
