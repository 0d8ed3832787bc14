import { assertEquals, assertThrows } from "@std/assert";
import { type Untagged, Untagger } from "../../lib/gather/untag.ts";
import { Refused, taggedFile } from "./tagged_text.ts";

const decoder = new TextDecoder();

async function untagged(as: Untagged, record: string, separator: "\n" | "\0" = "\n"): Promise<string | undefined> {
  const file = taggedFile(record + separator, 0, Infinity, separator);
  await file.advance();
  const bytes = new Untagger(as, separator, (fault) => new Refused(fault)).untag(file);
  return bytes && decoder.decode(bytes);
}

Deno.test("untag: JSON stays as it is, byte for byte", async () => {
  for (const value of ["1", '"a"', '"\\u00e9\\n"', '{"a":[{}]}', "null", '"é"', "1e400"]) {
    assertEquals(await untagged("json", `{"line":12,"value":${value}}`), value);
  }
});

Deno.test("untag: strings as lines, other values as JSON", async () => {
  const values = { '"a"': "a", '""': "", '"\\"\\u00e9é\\t"': '"éé\t', "1": "1", '["a"]': '["a"]', "null": "null" };
  for (const [value, text] of Object.entries(values)) {
    assertEquals(await untagged("lines", `{"line":12,"value":${value}}`), text);
  }
  assertEquals(await untagged("lines", '{"line":12,"value":"a\\nb"}', "\0"), "a\nb");
});

Deno.test("untag: what a command printed; nothing, if that is what it printed", async () => {
  const values = { '"a\\n"': "a", '"a"': "a", '"a\\nb\\n"': "a\nb", '"\\n"': "", '"a\\n\\n"': "a\n", '""': undefined };
  for (const [value, text] of Object.entries(values)) {
    assertEquals(await untagged("exec", `{"line":12,"value":${value}}`), text);
  }
});

Deno.test("untag: error records stay as they are", async () => {
  const record = '{"line":12,"error":{"name":"E","message":"a\\nb"}}';
  for (const as of ["json", "lines", "exec"] as const) assertEquals(await untagged(as, record), record);
});

Deno.test("untag: a text that a line cannot hold is refused", async () => {
  const fault = async (record: string, separator?: "\n" | "\0") => {
    const file = taggedFile(record + (separator ?? "\n"), 0, Infinity, separator);
    await file.advance();
    const untagger = new Untagger("lines", separator ?? "\n", (fault) => new Refused(fault));
    return assertThrows(() => untagger.untag(file), Refused).fault;
  };
  assertEquals(await fault('{"line":12,"value":"a\\nb"}'), { kind: "has-separator", line: 12 });
  assertEquals(await fault('{"line":12,"value":"a\\u0000b"}', "\0"), { kind: "has-separator", line: 12 });
  assertEquals(await fault('{"line":12,"value":"\\ud800"}'), { kind: "half-surrogate", line: 12 });
});
