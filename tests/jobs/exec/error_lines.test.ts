import { assertEquals } from "@std/assert";
import { ErrorLines, joined, withNewline } from "../../../lib/jobs/exec/error_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array) => new TextDecoder().decode(of);

/** What is passed on of these parts, and the first line. */
function passed(...parts: readonly string[]): { readonly written: readonly string[]; readonly first: string } {
  const written: string[] = [];
  const lines = new ErrorLines((part) => written.push(text(part)));
  for (const part of parts) lines.add(bytes(part));
  lines.end();
  return { written, first: lines.first };
}

Deno.test("stderr of a program: whole lines, however they come, and the last one ends", () => {
  assertEquals(passed("a\nb\n"), { written: ["a\nb\n"], first: "a" });
  assertEquals(passed("a", "b\nc", "\nd"), { written: ["ab\n", "c\n", "d\n"], first: "ab" });
  assertEquals(passed(), { written: [], first: "" });
  assertEquals(passed("\r\nx\n"), { written: ["\r\nx\n"], first: "" });
});

Deno.test("stderr of a program: a chunk may be written to again by its reader", () => {
  const written: string[] = [];
  const lines = new ErrorLines((part) => written.push(text(part)));
  const chunk = bytes("a\nb");
  lines.add(chunk);
  chunk.fill(120);
  lines.end();
  assertEquals([written, lines.first], [["a\n", "b\n"], "a"]);
});

Deno.test("stderr of a program: a line without an end is passed on from 64 KiB on, and the first is kept in part", () => {
  const part = "x".repeat(40_000);
  const { written, first } = passed(part, part, "y\n");
  assertEquals(written.map(({ length }) => length), [80_000, 2]);
  assertEquals(first, "x".repeat(500));
});

Deno.test("withNewline, joined: nothing is added where nothing is missing", () => {
  assertEquals(["", "a", "a\n", "\n"].map((one) => text(withNewline(bytes(one)))), ["", "a\n", "a\n", "\n"]);
  const one = bytes("a");
  assertEquals([joined([one]) === one, text(joined([one, bytes(""), bytes("bc")])), joined([]).length], [
    true,
    "abc",
    0,
  ]);
});
