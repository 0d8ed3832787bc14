import { assertEquals, assertThrows } from "@std/assert";
import { cutterOf, foreignKind, type InputKind, openInputs } from "../../../lib/cli/job/run_input.ts";
import { UsageError } from "../../../lib/errors.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { testSession } from "../test_session.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** How many items an input has. */
async function itemsIn(text: string, kind: Pick<InputKind, "input" | "header" | "separator">): Promise<number> {
  const cutter = await cutterOf(kind, { maxLine: 1_000 }, ["a"]);
  const blocks = new BlockStore();
  cutter.startInput();
  cutter.cut(bytesOf(text), blocks);
  cutter.endInput(blocks);
  return cutter.selection.seen;
}

Deno.test("cutterOf: each kind of input is cut into its own items", async () => {
  const separator = "\n";
  const counts = async (text: string) => {
    const found: Record<string, number> = {};
    for (const input of ["json", "lines", "csv", "tsv"] as const) {
      found[input] = await itemsIn(text, { input, separator });
    }
    return found;
  };
  assertEquals(await counts('a,b\n"1\n",2\n3,4\n'), { json: 4, lines: 4, csv: 2, tsv: 2 });
  assertEquals(await itemsIn("[1,[2,\n3],4]", { input: "array", separator }), 3);
  assertEquals(await itemsIn("1,2\n3,4\n", { input: "csv", header: "a,b", separator }), 2);
  for (const input of ["json", "lines"] as const) {
    assertEquals(await itemsIn("a\nb\0c\0", { input, separator: "\0" }), 2);
    assertEquals(await itemsIn("a\nb\0c\n", { input, separator }), 2);
  }
});

Deno.test("cutterOf: what is wrong in an input names it", async () => {
  const cutter = await cutterOf({ input: "array", separator: "\n" }, { maxLine: 9 }, ["a.json"]);
  cutter.startInput();
  const { message } = assertThrows(() => cutter.cut(bytesOf("1\n"), new BlockStore()), UsageError);
  assertEquals(message.slice(0, 46), 'cannot read "a.json": line 1: a JSON array is ');
});

Deno.test("foreignKind: the remedy suits what the value is: an array's elements, or a line for a value", () => {
  const kind: InputKind = { input: "json", separator: "\n" };
  const remedy = (start: string) => foreignKind(bytesOf(start), kind)?.split("; ")[1];
  assertEquals(remedy("[\n1,\n"), "for the elements of an array: --input array");
  assertEquals(remedy('{\n"a": 1\n'), "put it into one line: jq -c .");
  for (const input of ["csv", "tsv", "array"] as const) {
    assertEquals(foreignKind(bytesOf("[\n1,\n"), { ...kind, input }), undefined);
  }
});

Deno.test("foreignKind: a byte alone, or two of which none is 0, are no UTF-16; nor are bytes that one begins with", () => {
  const kind: InputKind = { input: "json", separator: "\n" };
  for (const start of [[0], [0x31], [0, 0], [0xff], [0xfe, 0xfe], [0xfd, 0x37, 0x7a]]) {
    assertEquals(foreignKind(Uint8Array.from(start), kind), undefined, `${start}`);
  }
  assertEquals(foreignKind(Uint8Array.of(0x31, 0), kind)?.includes("UTF-16LE"), true);
  assertEquals(foreignKind(Uint8Array.of(0, 0x31), kind)?.includes("UTF-16BE"), true);
});

Deno.test("openInputs: stdin counts once, however often it is named: the first one reads all of it", () => {
  const total = (files: readonly string[]) =>
    openInputs(files, testSession({ stdin: "123" }).session.stdin, {
      input: "lines",
      separator: "\n",
    }).totalBytes();
  assertEquals([total(["-"]), total(["-", "-"]), total(["-", "/dev/stdin", "-"])], [3, 3, 3]);
});
