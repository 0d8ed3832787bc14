import { assertEquals } from "@std/assert";
import { controlWord, recordKind } from "../../../lib/exec/wire/protocol.ts";

Deno.test("controlWord: each word has a place of its own within the shared memory", () => {
  const { length, ...words } = controlWord;
  assertEquals(new Set(Object.values(words)).size, Object.keys(words).length);
  assertEquals(Math.max(...Object.values(words)) < length, true);
});

Deno.test("recordKind: no two kinds are the same number", () => {
  assertEquals(new Set(Object.values(recordKind)).size, Object.keys(recordKind).length);
});
