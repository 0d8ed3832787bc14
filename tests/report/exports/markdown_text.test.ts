import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bullets, code, escaped, table } from "../../../lib/report/exports/markdown_text.ts";

Deno.test("escaped: what Markdown or HTML would act on", () => {
  assertEquals(escaped("*a* `b` [c](d) ~e~ $f$"), "\\*a\\* \\`b\\` \\[c\\](d) \\~e\\~ \\$f\\$");
  assertEquals(escaped("<b>&amp;"), "&lt;b&gt;&amp;amp;");
  assertEquals(escaped("snake_case _em_"), "snake_case \\_em\\_");
  assertEquals(["- a", "+ a", "# a", "1. a", "1.5 ms", "= a"].map(escaped), [
    "\\- a",
    "\\+ a",
    "\\# a",
    "1\\. a",
    "1.5 ms",
    "\\= a",
  ]);
  assertEquals(escaped("a\nb\tc"), "a b c");
});

Deno.test("escaped: what a terminal would act on is shown instead", () => {
  assertEquals(escaped("\x1b[31m\u202e"), "\\\\u\\{1b\\}\\[31m\\\\u\\{202e\\}");
});

Deno.test("code: more backticks around it than within, blanks where it begins or ends with one", () => {
  assertEquals(["a", "a`b", "``", "a|b", " a "].map((text) => code(text)), [
    "`a`",
    "``a`b``",
    "``` `` ```",
    "`a|b`",
    "`  a  `",
  ]);
});

Deno.test("table: an unescaped bar is only between cells, whatever text is in them", () => {
  const left = { title: "A", align: "left" } as const;
  const text = fc.string({ unit: fc.constantFrom("|", "\\", "`", "\n", "a", "<", "*") });
  fc.assert(fc.property(text, (cell) => {
    const [, , row, ...rest] = table([left, left], [[escaped(cell), "b"]]).split("\n");
    assertEquals(rest, [""]);
    assertEquals([...row.replaceAll("\\\\", "").matchAll(/(?<!\\)\|/g)].length, 3, row);
  }));
});

Deno.test("bullets: a line each, without what it is set off by; a command line is code", () => {
  assertEquals(bullets(["  ✘ a", "", "    tandem explain x", "b*"]), "- ✘ a\n- `tandem explain x`\n- b\\*\n");
  assert(bullets([]) === "");
});
