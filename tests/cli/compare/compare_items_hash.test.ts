import { assert, assertEquals } from "@std/assert";
import { givenItems } from "../../../lib/cli/compare/compare_items.ts";
import { testSession } from "../test_session.ts";

const plain = {
  items: undefined,
  count: undefined,
  input: "json",
  header: undefined,
  null: false,
  once: false,
} as const;

async function given(flags: { readonly items?: string; readonly count?: number; readonly once?: boolean }, stdin = "") {
  const found = await givenItems({ ...plain, maxLine: 1024, ...flags }, testSession({ stdin }).session.stdin);
  if (found === undefined) throw new Error("no items");
  return found;
}

Deno.test("compare: the numbers of --count have the hash that they have as --items: both can be compared", async () => {
  const counted = await (await given({ count: 12 })).hash();
  const text = Array.from({ length: 12 }, (_, i) => `${i}\n`).join("");
  assertEquals(await (await given({ items: "-" }, text)).hash(), counted);
  assert(await (await given({ count: 11 })).hash() !== counted);
  assert(await (await given({ items: "-" }, text.replace("5", "6"))).hash() !== counted);
});

Deno.test("compare --once: lines of JSON may be given, and numbers", async () => {
  assertEquals((await given({ items: "-", once: true }, "1\n2\n")).list.length, 2);
  assertEquals((await given({ count: 3, once: true })).list.length, 3);
});
