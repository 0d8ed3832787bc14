import { assertEquals, assertMatch, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { foreignKind, type InputKind, openInputs } from "../../../lib/cli/job/run_input.ts";
import { UsageError } from "../../../lib/errors.ts";
import { failingCall } from "../in_process.ts";
import { testSession } from "../test_session.ts";

const json: InputKind = { input: "json", separator: "\n" };
const text: InputKind = { input: "lines", separator: "\n" };
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

Deno.test("foreignKind: compressed data and UTF-16 are named, whatever lines hold", () => {
  const known: readonly (readonly [Uint8Array, RegExp])[] = [
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
  for (const stdin of [await gzip("[\n1,\n"), utf16("1\n2\n", true, true), encode("[\n1,\n2\n]\n")]) {
    const { code, stdout, stderr } = await failingCall(["run", job, "--quiet"], { stdin });
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^tandem: cannot read stdin: it seems to be [^\n]*\n$/);
  }
});

/** All inputs, one after the other, each read `size` bytes at a time and closed. */
async function contents(files: readonly string[], stdin = "", kind = text, size = 3): Promise<string[]> {
  const { next } = openInputs(files, testSession({ stdin }).session.stdin, kind);
  const found: string[] = [];
  const into = new Uint8Array(size);
  for (let input = await next(); input !== undefined; input = await next()) {
    let content = "";
    for (let count = await input.read(into); count !== null; count = await input.read(into)) {
      content += new TextDecoder().decode(into.subarray(0, count));
    }
    input.close();
    found.push(content);
  }
  return found;
}

/** A folder with files, which is gone afterwards. */
async function withFiles(files: Readonly<Record<string, string>>, test: (folder: string) => Promise<void> | void) {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, content] of Object.entries(files)) Deno.writeTextFileSync(`${folder}/${name}`, content);
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("openInputs: files in their order, and stdin where it is named, or where nothing is", {
  sanitizeResources: true, // each is closed
}, async () => {
  await withFiles({ a: "file a\n", b: "b\n" }, async (folder) => {
    const [a, b] = [`${folder}/a`, `${folder}/b`];
    assertEquals(await contents([a, "-", b], "typed\n"), ["file a\n", "typed\n", "b\n"]);
    assertEquals(await contents([b, a], "typed\n"), ["b\n", "file a\n"]);
    for (const none of [[], ["-"], ["/dev/stdin"]]) assertEquals(await contents(none, "typed\n"), ["typed\n"]);
  });
});

Deno.test("openInputs: how many bytes there are, unless one of the inputs cannot say", async () => {
  await withFiles({ a: "12345", b: "1234567" }, (folder) => {
    const total = (files: readonly string[], stdin: string | AsyncIterable<string> = "123") =>
      openInputs(files, testSession({ stdin }).session.stdin, text).totalBytes();
    const [a, b] = [`${folder}/a`, `${folder}/b`];
    assertEquals([total([a, b]), total([a, "-", b]), total([])], [12, 15, 3]);
    const pipe = (async function* () {})();
    for (const files of [["-"], [a, "-"], ["-", a]]) assertEquals(total(files, pipe), undefined);
    if (Deno.build.os !== "windows") {
      assertEquals([total(["/dev/null"]), total([a, "/dev/null"])], [undefined, undefined]);
    }
  });
});

Deno.test("openInputs: what cannot be read is refused before anything is", async () => {
  await withFiles({ a: "1\n" }, async (folder) => {
    const { stdin } = testSession().session;
    const refused = (name: string) =>
      assertThrows(() => openInputs([`${folder}/a`, name], stdin, text), UsageError).message;
    assertEquals(refused(folder), `cannot read "${folder}": it is a folder; name files of lines, or - for stdin`);
    assertEquals(refused(`${folder}/no`), `cannot read "${folder}/no": No such file or directory`);
    const { next } = openInputs([`${folder}/a`], stdin, text);
    Deno.removeSync(`${folder}/a`);
    await assertRejects(next, UsageError, `cannot read "${folder}/a": No such file`); // gone since then
  });
});

Deno.test("openInputs: how an input begins is seen, however few bytes a read gives, and counted as it is", async () => {
  for (
    const [bytes, text] of [[await gzip("hello\n"), "hello\n"], [encode("(1\n"), "(1\n"], [encode("("), "("]] as const
  ) {
    let at = 0;
    const read = (into: Uint8Array) => {
      if (at === bytes.length) return Promise.resolve(null);
      into[0] = bytes[at++];
      return Promise.resolve(1);
    };
    const input = await openInputs([], { terminal: false, length: null, read }, json).next();
    let [content, into] = ["", new Uint8Array(100)];
    for (let count = await input!.read(into); count !== null; count = await input!.read(into)) {
      content += new TextDecoder().decode(into.subarray(0, count));
    }
    assertEquals([content, input!.taken?.()], [text, bytes.length]);
  }
});

Deno.test("openInputs: stdin that cannot be read is named", async () => {
  const stdin = { terminal: false, length: null, read: () => Promise.reject(new Error("broken")) };
  const input = await openInputs([], stdin, text).next();
  await assertRejects(() => input!.read(new Uint8Array(3)), UsageError, 'cannot read "stdin": broken');
});

Deno.test("openInputs: only what an input begins with says what it is, and it is named", async () => {
  await withFiles({ a: "[\n1\n]\n", b: "1\n[\n1,\n" }, async (folder) => {
    const [a, b] = [`${folder}/a`, `${folder}/b`];
    await assertRejects(
      () => contents([b, a], "", json, 100),
      UsageError,
      `cannot read "${a}": it seems to be one JSON`,
    );
    await assertRejects(
      () => contents([], "[\n1\n]\n", json, 100),
      UsageError,
      "cannot read stdin: it seems to be one",
    );
    assertEquals(await contents(["-"], "1234\n[\n1,\n", json, 5), ["1234\n[\n1,\n"]); // what is read second begins with [
    assertEquals(await contents(["-"], "", json), [""]);
    const { next } = openInputs([b], testSession().session.stdin, json);
    const into = encode("[\n1,\n2,\n3\n"); // what was in the memory before is not read
    Deno.writeTextFileSync(b, "[");
    assertEquals(await (await next())!.read(into), 1);
  });
});

Deno.test({
  name: "openInputs: a file that only all permissions open can be given as stdin",
  ignore: Deno.build.os !== "linux",
  permissions: { read: true },
  fn() {
    assertThrows(
      () => openInputs(["/proc/self/status"], testSession().session.stdin, text),
      UsageError,
      'cannot read "/proc/self/status": Deno protects files in /dev, /proc and /sys; give it as stdin: < /proc/self/status',
    );
  },
});
