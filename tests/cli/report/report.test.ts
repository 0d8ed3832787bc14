import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { compareText } from "../../../lib/report/compare_text.ts";
import { saved } from "../../report/exports/saved.ts";
import { call, failingCall } from "../in_process.ts";
import { inFolder } from "../in_folder.ts";

const golden = `${import.meta.dirname}/../../golden`;

Deno.test("report: a saved document as its command showed it, also from stdin", async () => {
  const style = { terminal: false, color: false, width: 100, unicode: true };
  const text = compareText(saved("compare"), style);
  assertEquals((await call(["report", `${golden}/compare.json`], { style })).stdout, text);
  const stdin = Deno.readTextFileSync(`${golden}/compare.json`);
  assertEquals((await call(["report", "-"], { style, stdin })).stdout, text);
});

Deno.test("report: in another format, and the JSON is what was saved", async () => {
  const json = await call(["report", `${golden}/streams.json`, "--format=json"]);
  assertEquals(JSON.parse(json.stdout), saved("streams"));
  const markdown = await call(["report", `${golden}/scale.json`, "--format", "markdown"]);
  assert(markdown.stdout.startsWith("### tandem scale\n"));
});

Deno.test("report: several documents together, and exports beside the text", async () => {
  await inFolder({}, async (folder) => {
    const files = [`${golden}/compare.json`, `${golden}/compare_grid.json`];
    const { code, stdout } = await call(["report", ...files, `--export-hyperfine=${folder}/h.json`]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "compare @primes");
    assertStringIncludes(stdout, "compare @mixed");
    assertEquals(JSON.parse(Deno.readTextFileSync(`${folder}/h.json`)).results.length, 20);
  });
  const both = await call(["report", `${golden}/scale.json`, `${golden}/streams.json`, "--format=json"]);
  assertEquals(both.stdout.match(/^\{$/gm)?.length, 2);
});

Deno.test("report: an export to stdout takes the place of the text", async () => {
  const { stdout } = await call(["report", `${golden}/scale.json`, "--export-csv", "-"]);
  assert(stdout.startsWith("startedAt,kind,") && !stdout.includes("Forecast"), stdout);
});

Deno.test("report: what makes no sense is refused with exit code 2", async () => {
  const refusal = async (...args: string[]) => {
    const { code, stdout, stderr } = await failingCall(["report", ...args]);
    assertEquals([code, stdout], [2, ""]);
    return stderr;
  };
  const file = `${golden}/streams.json`;
  const has = `tandem: ${file}: hyperfine is for documents of claims and compare, and this is one of streams; ` +
    "it has text, json, ndjson, csv, markdown and html\n";
  assertStringIncludes(await refusal(file, "--format=hyperfine"), has);
  assertStringIncludes(await refusal(file, "--export-hyperfine=-"), has);
  assertStringIncludes(await refusal("-", "-"), "stdin can be read once");
  assertStringIncludes(await refusal(file, `${golden}/scale.json`, "--format=csv"), "CSV has one kind of row");
  await inFolder({ "f.json": Deno.readTextFileSync(file) }, async (folder) => {
    const same = `${folder}/f.json`;
    assertStringIncludes(await refusal(same, `--export-json=${same}`), "are the same file");
    assertEquals(JSON.parse(Deno.readTextFileSync(same)).command, "streams");
  });
});

Deno.test("report: a document of unknown origin cannot act on the terminal", async () => {
  const claims = saved("claims");
  const [claim] = claims.result.claims;
  const sentence = "\x1b]0;title\x07 \u202eevil";
  const document = { ...claims, result: { ...claims.result, claims: [{ ...claim, sentence }] } };
  const { stdout } = await call(["report", "-"], { stdin: JSON.stringify(document) });
  // deno-lint-ignore no-control-regex -- this is what must not be there
  assert(!/[\x00-\x09\x0b-\x1f\u202e]/.test(stdout), stdout);
  assertStringIncludes(stdout, "\\u{1b}]0;title\\u{7}");
});
