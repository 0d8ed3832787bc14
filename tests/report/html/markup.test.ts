import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { markup, nothing, raw, scriptJson } from "../../../lib/report/html/markup.ts";

Deno.test("markup: a text in it is escaped, also in a list; markup is not", () => {
  const item = markup`<b title="${`"'`}">${"<i>&"}</b>`;
  assertEquals(item.text, `<b title="&quot;&#39;">&lt;i&gt;&amp;</b>`);
  assertEquals(markup`${[item, [1, "<"]]}${nothing}${raw("<hr>")}`.text, `${item.text}1&lt;<hr>`);
});

Deno.test("markup: a text cannot turn the direction of what follows it", () => {
  assertEquals(markup`${"a\u202eb"}`.text, "a\\u{202e}b");
});

Deno.test("script JSON: whatever it holds, it ends no script, and says the same", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom("</script>", "<!--", "<script", ""), (value, text) => {
    const document = { value, [text]: [text, `${text}${text}`] };
    const written = scriptJson(document).text;
    assert(!written.includes("<"), written);
    assertEquals(JSON.stringify(JSON.parse(written)), JSON.stringify(document));
  }));
});
