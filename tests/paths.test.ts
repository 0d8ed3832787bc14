import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { absolutePath, filePath, fileUrl } from "../lib/paths.ts";

/** Paths with what makes trouble in URLs and shells, dots, and other alphabets. */
const part = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    "a",
    "a b",
    "#",
    "%",
    "%41",
    "?",
    "a?b#c",
    "\\",
    "\n",
    "\t",
    "é",
    "漢",
    "a:b",
    "[x]",
    "~",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => text.replaceAll("\0", "")),
);
const path = fc.tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 6 }))
  .map(([absolute, parts]) => `${absolute ? "/" : ""}${parts.join("/")}`);

Deno.test("absolutePath: what node:path's resolve gives", () => {
  fc.assert(fc.property(path, (path) => assertEquals(absolutePath(path), resolve(path))));
});

Deno.test("fileUrl: the file that node:url's pathToFileURL gives, though Node encodes more characters", () => {
  fc.assert(fc.property(path, (path) => {
    const { href, search, hash } = fileUrl(path);
    assertEquals([decodeURIComponent(href), search, hash], [decodeURIComponent(pathToFileURL(path).href), "", ""]);
    assertEquals(fileURLToPath(href).replace(/(?<=.)\/$/s, ""), resolve(path));
  }));
});

Deno.test("filePath: what node:url's fileURLToPath gives, and back", () => {
  fc.assert(fc.property(path, (path) => {
    const url = pathToFileURL(path);
    assertEquals(filePath(url), fileURLToPath(url));
    assertEquals(filePath(fileUrl(absolutePath(path))), absolutePath(path));
  }));
});
