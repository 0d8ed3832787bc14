import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { readDocument } from "../../../lib/cli/terminal/read_document.ts";
import { UsageError } from "../../../lib/errors.ts";
import { saved } from "../../report/exports/saved.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

async function refusal(text: string): Promise<string> {
  const { session } = testSession({ stdin: text });
  return (await assertRejects(() => readDocument("-", session.stdin), UsageError)).message;
}

Deno.test("readDocument: from a file or stdin, with or without a byte order mark", async () => {
  const document = saved("scale");
  await inFolder({ f: JSON.stringify(document) }, async (folder) => {
    const { stdin } = testSession().session;
    assertEquals(await readDocument(`${folder}/f`, stdin), document);
    await assertRejects(() => readDocument(`${folder}/g`, stdin), UsageError, "g: cannot be read: No such file");
    await assertRejects(() => readDocument(folder, stdin), UsageError, "cannot be read: Is a directory");
  });
  for (const text of [JSON.stringify(document), `\ufeff${JSON.stringify(document, undefined, 2)}`]) {
    assertEquals(await readDocument("-", testSession({ stdin: text }).session.stdin), document);
  }
});

Deno.test("readDocument: what is not JSON, with its line and column", async () => {
  const faults: readonly (readonly [text: string, found: string])[] = [
    ["", "1:1: not JSON: unexpected end of JSON input"],
    ['{\n "schema": }', "2:12: not JSON: unexpected token '}'"],
    ['{\n "schema": nul}', "2:15: not JSON: unexpected token '}'"],
    ['{"a":1,}', "1:8: not JSON: expected double-quoted property name"],
    ['{"a":1}\n\n x', "3:2: not JSON: unexpected non-whitespace character after JSON"],
    ["// a comment\n{}", "1:1: not JSON: unexpected token '/'"],
    ['{"a": "/",\n "b": /}', "2:7: not JSON: unexpected token '/'"],
    ["[1 2]", "1:4: not JSON: expected ',' or ']' after array element"],
    [`{"long": "${"x".repeat(100)}",\n"b": %}`, "2:6: not JSON: unexpected token '%'"],
    ['{"schema": 1, "result', "1:22: not JSON: unterminated string"],
    ['{"schema": 1, "result":', "1:24: not JSON: unexpected end of JSON input"],
  ];
  for (const [text, found] of faults) assertEquals(await refusal(text), `stdin:${found}`, text);
});

Deno.test("readDocument: a module is taken for a job to be measured", async () => {
  const { message } = await assertRejects(
    () => readDocument(import.meta.filename!, testSession().session.stdin),
    UsageError,
  );
  assertMatch(message, /read_document\.test\.ts: a module, not a document of tandem; to measure jobs: tandem compare/);
});

Deno.test("readDocument: what is JSON and no document, or one of a newer version", async () => {
  const newer = "a document of schema 2; this tandem reads schema 1: use a newer tandem";
  assertEquals(await refusal(JSON.stringify({ ...saved("scale"), schema: 2 })), `stdin: ${newer}`);
  assertEquals(await refusal('{"schema":7,"command":"unknown"}'), `stdin: ${newer.replace("2", "7")}`);
  for (const text of ["[]", "null", "3", '"x"']) assertEquals(await refusal(text), "stdin: not a document of tandem");
  assertEquals(await refusal('{"results":[]}'), "stdin: not a document of tandem: it has no schema number");
  assertEquals(await refusal('{"plan":1}'), "stdin: a plan, and not a document: tandem run --plan follows it");
  assertEquals(
    await refusal(JSON.stringify({ ...saved("scale"), seed: "x" })),
    'stdin: seed: expected null, found "x"',
  );
});
