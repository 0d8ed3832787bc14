import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import { type Session, sessionOf } from "../../diff/varied.ts";
import { saved } from "../../report/exports/saved.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

/** Runs `diff` on two sessions: what it did, given the folder that they are in. */
async function diff(after: Session, args: readonly string[] = [], rest: TestSurroundings = {}) {
  const files = {
    "a.json": JSON.stringify(sessionOf({ seed: 1 })),
    "b.json": JSON.stringify(sessionOf(after)),
  };
  return await inFolder(files, async (folder) => {
    const paths = args.map((arg) => arg.replace("FOLDER", folder));
    const stepSummary = rest.stepSummary?.replace("FOLDER", folder);
    const called = await call(["diff", `${folder}/a.json`, `${folder}/b.json`, ...paths], { ...rest, stepSummary });
    const written = [...Deno.readDirSync(folder)].filter(({ name }) => !/^[ab]\.json$/.test(name));
    const texts = written.map(({ name }) => [name, Deno.readTextFileSync(`${folder}/${name}`)]);
    return { ...called, texts: Object.fromEntries(texts) as Readonly<Record<string, string>> };
  });
}

const slower = { serial: 1.2 };

Deno.test("diff: the gate fails for what is shown, for what is unclear only if asked, and not without a gate", async () => {
  const codes = async (after: Session, ...gates: string[]) =>
    await Promise.all(gates.map(async (gate) => (await diff(after, [`--fail-on=${gate}`])).code));
  const gates = ["regressed", "slower", "unclear", "regressed,unclear"];
  assertEquals(await codes({ seed: 2, slower }, ...gates), [1, 1, 0, 1]);
  assertEquals(await codes({ seed: 2, rounds: 1, slower }, ...gates), [0, 0, 4, 4]);
  assertEquals(await codes({ seed: 2 }, ...gates), [0, 0, 0, 0]);
  assertEquals((await diff({ seed: 2, slower })).code, 0);
  assertEquals((await diff({ seed: 2, slower }, ["--margin=30%", "--fail-on=regressed"])).code, 0);
});

Deno.test("diff: text by default, the document with --json, and exports of it", async () => {
  const { stdout } = await diff({ seed: 2, slower });
  assertStringIncludes(stdout, "diff of compare @primes\n");
  const args = ["--json", "--export-json", "FOLDER/d.json", "--export-csv", "FOLDER/d.csv"];
  const { stdout: json, texts } = await diff({ seed: 2, slower }, args);
  assertEquals(texts["d.json"], json);
  const { command, result }: Document<"diff"> = JSON.parse(json);
  assertEquals([command, result.counts.regressed, result.rows.length], ["diff", 1, 4]);
  assert(texts["d.csv"].includes(",serial,time,regressed,"), texts["d.csv"]);
  const markdown = await diff({ seed: 2 }, ["--export-markdown=-"]);
  assert(markdown.stdout.startsWith("### tandem diff of compare `@primes`\n"), markdown.stdout);
});

Deno.test("diff: in GitHub Actions its Markdown is added to the step's summary", async () => {
  const { stdout, texts } = await diff({ seed: 2, slower }, [], { stepSummary: "FOLDER/summary" });
  assertStringIncludes(texts.summary, "### tandem diff of compare `@primes`\n");
  assertStringIncludes(texts.summary, "| ✘ regressed | serial | ");
  assertStringIncludes(stdout, "✘ regressed");
});

Deno.test("diff: its own document can be shown again", async () => {
  const { stdout } = await diff({ seed: 2, slower });
  const { stdout: json } = await diff({ seed: 2, slower }, ["--json"]);
  assertEquals((await call(["report", "-"], { stdin: json })).stdout, stdout);
});

Deno.test("diff: two documents that cannot be compared, and why", async () => {
  const golden = `${import.meta.dirname}/../../golden`;
  const refusal = async (...args: string[]) => {
    const { code, stderr } = await failingCall(["diff", ...args]);
    assertEquals(code, 2);
    return stderr;
  };
  const [compare, claims, streams] = ["compare", "claims", "streams"].map((name) => `${golden}/${name}.json`);
  assertStringIncludes(
    await refusal(compare, claims),
    `${compare} is a document of compare, and ${claims} of claims: give two of one command`,
  );
  assertStringIncludes(
    await refusal(streams, compare),
    `${streams}: a document of streams; diff compares those of compare, claims and scale`,
  );
  assertStringIncludes(await refusal("-", "-"), "stdin can be read once");
  assertStringIncludes(await refusal(compare, `${golden}/none.json`), "none.json: cannot be read");
  assertEquals(saved("compare").command, "compare");
});
