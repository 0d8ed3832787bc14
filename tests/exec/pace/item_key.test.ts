import { assertEquals } from "@std/assert";
import { keyReader } from "../../../lib/exec/pace/item_key.ts";
import type { ItemCodec } from "../../../lib/exec/wire/protocol.ts";
import { rowHead } from "../../../lib/exec/wire/rows.ts";

const encoder = new TextEncoder();
const keyOf = (field: string, line: string, codec: Exclude<ItemCodec, "bytes"> = "json") =>
  keyReader(field, codec)?.(encoder.encode(line));

Deno.test("item key: a path into the item", () => {
  const line = '{"user":{"id":7},"items":[{"id":"x"}],"a b":{"c.d":true},"long-name_1":"ä"}';
  const keys = ["user.id", ".user.id", "items[0].id", '["a b"]["c.d"]', "long-name_1", "user"];
  assertEquals(keys.map((key) => keyOf(key, line)), ["7", "7", '"x"', "true", '"ä"', '{"id":7}']);
  assertEquals(keyOf("[1]", "[3,4]"), "4");
  assertEquals([keyOf(".", '"a"'), keyOf(".", "a", "text")], ['"a"', '"a"']);
});

Deno.test("item key: a number and a text that looks like it are two keys", () => {
  assertEquals([keyOf("id", '{"id":7}'), keyOf("id", '{"id":"7"}')], ["7", '"7"']);
});

Deno.test("item key: none where the field is not, is null, or the item is not JSON or not UTF-8", () => {
  for (const line of ["{}", '{"user":null}', '{"user":{"id":null}}', "7", "[]", "{", '"user"', '{"user":"id"}']) {
    assertEquals(keyOf("user.id", line), undefined, line);
  }
  assertEquals(keyOf("toString", "{}"), undefined, "nor what every object inherits");
  assertEquals(keyOf("length", '"text"'), undefined);
  assertEquals(keyReader(".", "text")?.(Uint8Array.of(0xff)), undefined);
});

Deno.test("item key: of a row a column, and none where it is no row", () => {
  const rowKey = (field: string, row: string, codec: Exclude<ItemCodec, "bytes">) =>
    keyOf(field, rowHead(["id", "a b"]) + row, codec);
  assertEquals([rowKey("id", '"7,8",x', "csv"), rowKey('["a b"]', "7\tx", "tsv")], ['"7,8"', '"x"']);
  assertEquals(
    [rowKey("id", "7", "csv"), rowKey("id", '"7', "csv"), rowKey("x", "7,8", "csv")],
    Array(3).fill(undefined),
  );
});

Deno.test("item key: of a URL the host and its port", () => {
  const keys = ["https://A.example/x", "http://b.example:8080", "http://b.example:80/", "b.example/x", "", "file:///x"];
  const hosts = ["a.example", "b.example:8080", "b.example", undefined, undefined, undefined];
  assertEquals(keys.map((url) => keyOf("host:.", url, "text")), hosts);
  assertEquals(keys.map((url) => keyOf("host:page.url", JSON.stringify({ page: { url } }))), hosts);
  assertEquals(keyOf("host:url", '{"url":7}'), undefined);
});

Deno.test("item key: what is no path", () => {
  for (const field of ["", "host:", "a..b", "a.", "a[", "a[x]", "a b", "a:b", 'a"', "..", "[-1]", "a[1"]) {
    assertEquals(keyReader(field, "json"), undefined, field);
  }
});
