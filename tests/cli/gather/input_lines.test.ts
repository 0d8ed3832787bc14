import { assertEquals } from "@std/assert";
import { inputLines } from "../../../lib/cli/gather/input_lines.ts";
import type { InputKind } from "../../../lib/cli/job/run_input.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

/** The lines of inputs that have items, as ranges, of which those that touch are joined: `1-2 4`. */
async function linesOf(inputs: readonly string[], kind: Partial<InputKind> = {}): Promise<string> {
  const files = Object.fromEntries(inputs.map((input, i) => [`${i}`, input]));
  return await inFolder(files, async (folder) => {
    const paths = inputs.map((_, i) => `${folder}/${i}`);
    const ranges = inputLines(paths, { input: "json", separator: "\n", ...kind }, testSession().session.stdin);
    const joined: { first: number; end: number }[] = [];
    for await (const { first, end } of ranges) {
      const last = joined.at(-1);
      if (last?.end === first) last.end = end;
      else joined.push({ first, end });
    }
    return joined.map(({ first, end }) => end - first === 1 ? `${first}` : `${first}-${end - 1}`).join(" ");
  });
}

Deno.test("input lines: those that are not blank, over all inputs", async () => {
  assertEquals(await linesOf(["1\n2\n\n3\n \n\n4"]), "1-2 4 7");
  assertEquals(await linesOf(["\n1\n2", "3\n\n4\n"]), "2-4 6");
  assertEquals(await linesOf([""]), "");
  assertEquals(await linesOf(["a\0\nb\0\0c"], { separator: "\0", input: "lines" }), "1-2 4");
  assertEquals(await linesOf([`1\n${"x".repeat(17 * 2 ** 20)}\n3\n`]), "1-3");
});

Deno.test("input lines: rows begin below their header, and may have several lines", async () => {
  assertEquals(await linesOf(['a,b\n1,2\n"x\ny",2\n\n3,4\n'], { input: "csv" }), "2-3 6");
  assertEquals(await linesOf(["1,2\n3,4\n"], { input: "csv", header: "a,b" }), "1-2");
  const header = Array.from({ length: 10_000 }, (_, i) => `column ${i}`).join();
  assertEquals(await linesOf([`${header}\n1\n2\n`], { input: "csv" }), "2-3");
});

Deno.test("input lines: elements of an array; several in one line are one line", async () => {
  assertEquals(await linesOf(["[1,\n2,\n[\n3\n], 4]"], { input: "array" }), "1-3 5");
  assertEquals(await linesOf(["[1,2,3]"], { input: "array" }), "1");
});

Deno.test("input lines: many of them, in more than one block and chunk", async () => {
  const text = Array.from({ length: 200_000 }, (_, i) => i === 100_000 ? "" : `${i}`).join("\n");
  assertEquals(await linesOf([text]), "1-100000 100002-200000");
});
