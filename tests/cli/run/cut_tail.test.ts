import { assertEquals, assertThrows } from "@std/assert";
import { cutTail } from "../../../lib/cli/run/cut_tail.ts";
import { inFolder } from "../in_folder.ts";

/** What is left of a file with this text. */
const cut = (text: string) =>
  inFolder({ log: text }, (root) => {
    cutTail(`${root}/log`);
    return Deno.readTextFileSync(`${root}/log`);
  });

Deno.test("cut tail: a part of one of our records is cut off, however short it is, and nothing else", {
  sanitizeResources: true, // the file is closed
}, async () => {
  const whole = '{"line":1}\n';
  for (const part of ["{", '{"', '{"line', '{"line":', '{"line":2,"slot":0']) {
    assertEquals([await cut(part), await cut(whole + part)], ["", whole], part);
  }
  for (const text of ["", whole, `${whole}\n`, `${whole}a note`, `${whole}["line":`, `${whole}{"lime":2`, "\n"]) {
    assertEquals(await cut(text), text);
  }
});

Deno.test("cut tail: a text without a newline is only looked at as far back as a record of ours is long", async () => {
  const long = "x".repeat(64 * 1024);
  for (const text of [`{"line":${long}`, `${long}{"line":`]) assertEquals(await cut(text), text);
  const most = `{"line":${"x".repeat(64 * 1024 - 8 - 1)}`;
  assertEquals(await cut(`a\n${most}`), "a\n");
});

Deno.test("cut tail: a file that is not there, or is none, has no tail; one that cannot be opened is an error", async () => {
  await inFolder({ file: "" }, (root) => {
    cutTail(`${root}/none`);
    cutTail(root);
    if (Deno.build.os !== "windows") assertThrows(() => cutTail(`${root}/file/log`));
  });
});
