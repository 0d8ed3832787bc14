import { assertEquals, assertRejects } from "@std/assert";
import { readItems } from "../../../lib/cli/compare/read_items.ts";
import { UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

type Flags = Parameters<typeof readItems>[1];
const decoder = new TextDecoder();
const plain: Flags = { input: "json", header: undefined, null: false, maxLine: 1024 };

/** The items of stdin, as texts with the numbers of their lines. */
async function read(stdin: string, flags: Partial<Flags> = {}) {
  const { bytes, lines, inexact } = await readItems("-", { ...plain, ...flags }, testSession({ stdin }).session.stdin);
  return { items: bytes.map((item, i) => `${lines[i]}: ${decoder.decode(item)}`), inexact };
}

Deno.test("items of --items: lines that are not blank, with their numbers", async () => {
  assertEquals((await read("1\n\n[2]\n3")).items, ["1: 1", "3: [2]", "4: 3"]);
  assertEquals((await read("a\nb\0c\0", { input: "lines", null: true })).items, ["1: a\nb", "2: c"]);
  assertEquals((await read("a\nb\0c\n", { input: "lines" })).items, ["1: a", "2: b\0c"]);
});

Deno.test("items of --items: a line of --max-line bytes is one, a longer line is named", async () => {
  assertEquals((await read("1234\n", { maxLine: 4 })).items, ["1: 1234"]);
  await assertRejects(
    () => read("1\n\n12345\n1\n", { maxLine: 4 }),
    UsageError,
    "line 3 of --items is longer than 4 bytes; raise --max-line",
  );
});

Deno.test("items of --items: those are counted that JSON.parse changes, and the first of them is named", async () => {
  assertEquals((await read('1\n\n1e999\n{"a":1,"a":1}\nnot JSON\n2\n')).inexact, { items: 2, line: 3 });
  assertEquals((await read("1\n2.5\nnot JSON\n")).inexact, undefined);
  assertEquals((await read("1e999\n", { input: "lines" })).inexact, undefined); // texts are taken as they are
});

Deno.test("items of --items: a file is read to its end, and closed", { sanitizeResources: true }, async () => {
  const numbers = Array.from({ length: 40_000 }, (_, i) => `line ${i}`);
  await inFolder({ many: numbers.join("\n"), none: "", foreign: "[\n1,\n2]\n" }, async (root) => {
    const { stdin } = testSession().session;
    const { bytes, lines } = await readItems(`${root}/many`, { ...plain, input: "lines" }, stdin);
    assertEquals(bytes.map((item) => decoder.decode(item)), numbers);
    assertEquals(lines, numbers.map((_, i) => i + 1));
    assertEquals(await readItems(`${root}/none`, { ...plain, input: "lines" }, stdin), { bytes: [], lines: [] });
    await assertRejects(
      () => readItems(`${root}/many`, { ...plain, input: "lines", maxLine: 6 }, stdin),
      UsageError,
      "line 11 of --items is longer than 6 bytes",
    );
    await assertRejects(
      () => readItems(`${root}/foreign`, plain, stdin),
      UsageError,
      "one JSON value over several lines",
    );
  });
});
