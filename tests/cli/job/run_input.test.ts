import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { foreignKind, type LineKind } from "../../../lib/cli/job/run_input.ts";
import { failingCall } from "../in_process.ts";

const json: LineKind = { input: "json", separator: "\n" };
const text: LineKind = { input: "lines", separator: "\n" };
const encode = (text: string) => new TextEncoder().encode(text);

/** Text as UTF-16, with a byte order mark or without. */
function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * (text.length + Number(mark))));
  [...mark ? "\ufeff" : "", ...text].forEach((unit, i) => view.setUint16(2 * i, unit.charCodeAt(0), littleEndian));
  return new Uint8Array(view.buffer);
}

async function gzip(text: string): Promise<Uint8Array> {
  return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
}

Deno.test("foreignKind: compressed data and UTF-16 are named, whatever lines hold", async () => {
  const known: readonly (readonly [Uint8Array, RegExp])[] = [
    [await gzip('{"a":1}\n'), /gzip data.*: gzip -dc$/],
    [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 4), /Zstandard data.*: zstd -dc$/],
    [Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), /xz data.*: xz -dc$/],
    [utf16('"a"\n', true, true), /UTF-16 text.*: iconv -f UTF-16 -t UTF-8$/],
    [utf16('"a"\n', false, true), /UTF-16 text.*: iconv -f UTF-16 -t UTF-8$/],
  ];
  for (const [start, found] of known) {
    for (const kind of [json, text]) assertMatch(`${foreignKind(start, kind)}`, found);
  }
  assertMatch(`${foreignKind(utf16("12\n", true, false), json)}`, /iconv -f UTF-16LE -t/);
  assertMatch(`${foreignKind(utf16("12\n", false, false), json)}`, /iconv -f UTF-16BE -t/);
});

Deno.test("foreignKind: JSON over several lines is named", () => {
  for (const start of ["[\n 1,\n", '{\r\n"', "\n\n  {\n}", '[{"a":1},\n{', '{"a": [\n1', '{"a":\n1', "\ufeff[\n1"]) {
    assertStringIncludes(`${foreignKind(encode(start), json)}`, "one JSON value over several lines", start);
  }
});

Deno.test("foreignKind: lines as they are meant are nothing else", () => {
  const good = [
    "1\n2\n",
    "[]\n",
    '{"a":[]}\n',
    '"["\n',
    "{",
    "",
    "\n",
    "[\n",
    "[\n\n",
    "broken{\n1",
    "[1,",
    `${" ".repeat(500_000)}1\n`,
  ];
  for (const start of good) assertEquals(foreignKind(encode(start), json), undefined, start.trim());
  for (const start of ["[\n1\n]\n", "{\n", "a\0b\n", "\0a"]) {
    assertEquals(foreignKind(encode(start), text), undefined, start);
    assertEquals(foreignKind(encode(start), { input: "json", separator: "\0" }), undefined, start);
  }
});

Deno.test("run: an input that is something else ends the run with one sentence", async () => {
  const job = "tests/fixtures/jobs/echo.js";
  for (const stdin of [await gzip("1\n".repeat(1000)), utf16("1\n2\n", true, true), encode("[\n1,\n2\n]\n")]) {
    const { code, stdout, stderr } = await failingCall(["run", job, "--quiet"], { stdin });
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^tandem: cannot read stdin: it seems to be [^\n]*\n$/);
  }
});
