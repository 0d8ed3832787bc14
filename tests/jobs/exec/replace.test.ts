import { assertEquals } from "@std/assert";
import { argumentFor, type ExecItem } from "../../../lib/jobs/exec/replace.ts";
import { type Placeholder, placeholders } from "../../../lib/model/exec.ts";

const item: ExecItem = { text: "a b/c.d/e.tar.gz", number: 7, place: 2 };

/** What GNU parallel 20221122 makes of these: `parallel -k echo '[{.}][{/}][{//}][{/.}]' ::: ...` */
const known: Readonly<Record<string, readonly [string, string, string, string]>> = {
  "a": ["a", "a", ".", "a"],
  "a.jpg": ["a", "a.jpg", ".", "a"],
  "sub/a.jpg": ["sub/a", "a.jpg", "sub", "a"],
  "sub.dir/a": ["sub.dir/a", "a", "sub.dir", "a"],
  "a.tar.gz": ["a.tar", "a.tar.gz", ".", "a.tar"],
  "/a": ["/a", "a", "/", "a"],
  "/a/b.c": ["/a/b", "b.c", "/a", "b"],
  "a//b": ["a//b", "b", "a", "b"],
  "a/b/": ["a/b/", "", "a", ""],
  "/": ["/", "", "/", ""],
  "..": [".", "..", ".", "."],
  ".bashrc": ["", ".bashrc", ".", ""],
  "a. b": ["a", "a. b", ".", "a"],
  "-x.y": ["-x", "-x.y", ".", "-x"],
};

Deno.test("placeholders: paths are cut as by GNU parallel", () => {
  const columns = ["{.}", "{/}", "{//}", "{/.}"] as const;
  for (const [text, expected] of Object.entries(known)) {
    const made = columns.map((placeholder) => argumentFor([{ placeholder }], { ...item, text }));
    assertEquals(made, [...expected], text);
  }
});

Deno.test("placeholders: the item, its number and its place, and texts around them, in one argument", () => {
  const all = placeholders.flatMap((placeholder: Placeholder) => ["<", { placeholder }, ">"]);
  assertEquals(
    argumentFor(all, item),
    "<a b/c.d/e.tar.gz><a b/c.d/e.tar><e.tar.gz><a b/c.d><e.tar><7><2>",
  );
  assertEquals(argumentFor([], item), "");
});

Deno.test("placeholders: a path of a million characters takes no time", () => {
  const long = "a".repeat(1e6);
  for (const text of [`${long}/b`, `b/${long}`, "/".repeat(1e6), ".".repeat(1e6), `${"/.".repeat(5e5)}x`]) {
    for (const placeholder of placeholders) argumentFor([{ placeholder }], { ...item, text });
  }
});
