import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { validator } from "@exodus/schemasafe";
import { loadCommands } from "../../lib/cli/commands.ts";
import { fieldsByCommand } from "../../lib/cli/table/fields.ts";
import { planJson } from "../../lib/cli/job/plan_file.ts";
import { tool } from "../../lib/tool.ts";
import type { Plan } from "../../lib/model/plan.ts";
import { jsonSchema } from "../../lib/report/schema/json_schema.ts";
import { type Documents, documentSchema, documentsOf, planSchema, toolSchema } from "../../lib/report/schema/mod.ts";
import { type Program, run, testEach } from "../cli/programs.ts";
import { issuesOf, strictly } from "./strict_schema.ts";

type Command = keyof Documents;

const commands = await loadCommands();
const jobs = `${import.meta.dirname}/../fixtures/jobs`;
const flags = fieldsByCommand(commands);
const documents = documentsOf(flags);
const anyDocument = documentSchema(documents);
const placesOfDamage = jsonValidator(jsonSchema(flags));

/** Command lines whose documents have, together, each field and each null. */
const lines: readonly (readonly [command: Command, flags: readonly string[]])[] = [
  ["streams", ["--take=4"]],
  ["streams", ["--take=4", "--producer=both", "--timeout=1ms"]],
  ["channel", ["--count=2", "--every=10ms"]],
  ["jobs", []],
  ["scale", ["--kinds=timer,thread", "--up-to=1e4", "--max-memory=40MiB"]],
  ["claims", ["threads-parallel", "--rounds=1"]],
  ["claims", ["waiting-needs-tasks", "--rounds=1", "--isolate=process", "--max-time=20s"]],
  ["compare", [`${jobs}/squares_of_own_items.js`, "--rounds=1", "--max-time=4s", "--allow-net=a.com", "--allow-env"]],
  ["compare", [
    `${jobs}/random.js`,
    "--count=3",
    "--rounds=1",
    "--outputs=ignore",
    "--isolate=process",
    "--timeout=9s",
    "--save-plan=-", // 1 round has no advice, so there is no plan either
    "--quiet",
  ]],
  ["compare", [`${jobs}/squares_of_own_items.js`, "--grid", "--rounds=1", "--warmup=1", "--tasks=2", "--max-time=8s"]],
  ["compare", [`${jobs}/echo.js`, `${jobs}/echo.js`, "--count=30", "--rounds=1", "--modes=tasks", "--max-time=4s"]],
  ["compare", [`${jobs}/echo.js`, "--against=HEAD", "--count=30", "--rounds=1", "--modes=serial", "--max-time=4s"]],
  ["compare", [
    `${jobs}/echo.js`,
    "--runtimes=node,deno",
    "--allow-net",
    "--allow-sys",
    "--count=30",
    "--rounds=1",
    "--modes=serial",
    "--max-time=30s",
  ]],
  ["compare", [`${jobs}/echo.js`, "--count=300", "--once", "--rounds=1", "--stop-early", "--max-time=4s"]],
];

for (const [command, flags] of lines) {
  testEach(
    `${[command, ...flags].join(" ").replaceAll(jobs, "")}: its document is what the schema says`,
    async (program) => {
      const { code, stdout, stderr } = await run(program, [command, ...flags, "--json"]);
      assertEquals(code, 0, stderr);
      assertDescribed(command, JSON.parse(stdout));
    },
  );
}

testEach("run --export-json: the summary is what the schema says", async (program) => {
  const folder = Deno.makeTempDirSync();
  try {
    const files = ["--export-json", `${folder}/summary.json`, "--journal", `${folder}/journal`];
    const flags = ["--shard=0/1", "--timeout=9s", "--memory=400MiB", `--allow-read=${folder}`];
    const { code, stderr } = await run(program, ["run", `${jobs}/echo.js`, ...files, ...flags], { input: "1\n\n{\n" });
    assertEquals(code, 1, stderr);
    assertDescribed("run", JSON.parse(Deno.readTextFileSync(`${folder}/summary.json`)));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("schema: the plan and the version are described too", () => {
  const about = {
    job: "job.js",
    jobSha256: "ab",
    cpu: "a processor",
    cores: 2,
    reason: { work: null, ratio: 2, interval: null, wider: null },
  };
  const plan: Plan = { plan: 1, ...about, threads: 2, tasks: 3 };
  assertEquals(issuesOf(strictly(planSchema), JSON.parse(planJson(plan))), []);
  assertEquals(issuesOf(strictly(toolSchema), tool), []);
  assertEquals([placesOfDamage(plan), placesOfDamage(tool)], [[], []]);
  assert(placesOfDamage({ ...plan, threads: 0 }).includes("#/threads"));
  assert(placesOfDamage({ ...tool, deno: 2 }).includes("#/deno"));
});

Deno.test("schema: options has a field for each flag of the command", () => {
  for (const [name, { entries }] of Object.entries(documents)) {
    const flags = Object.keys(commands.find((command) => command.name === name)?.options ?? {});
    assertEquals(Object.keys(entries.options.entries).toSorted(), flags.toSorted(), name);
  }
});

Deno.test("schema: each command with --json or --export-json has a document, and report those of others", () => {
  const printing = commands.filter(({ name, options }) =>
    name !== "report" && ("json" in options || "exportJson" in options)
  );
  assertEquals(printing.map(({ name }) => name).toSorted(), Object.keys(documents).toSorted());
});

testEach("schema: what is damaged is refused, and its place is named; a new field is not damage", async (program) => {
  const good = await jobsDocument(program);
  const damaged: readonly (readonly [place: string, damage: (document: typeof good) => void])[] = [
    ["command", (document) => document.command = "jbos"],
    ["schema", (document) => document.schema = 2],
    ["startedAt", (document) => document.startedAt = "yesterday"],
    ["machine.cores", (document) => delete document.machine.cores],
    ["options.json", (document) => document.options.json = "yes"],
    ["result.jobs.0.expects", (document) => document.result.jobs[0].expects = "fibers"],
    ["result.jobs.1", (document) => document.result.jobs[1] = null],
  ];
  for (const [place, damage] of damaged) {
    const document = structuredClone(good);
    damage(document);
    const [issue, ...more] = issuesOf(anyDocument, document);
    assertEquals([issue?.split(":")[0], more], [place, []]);
    assert(placesOfDamage(document).includes(`#/${place.replaceAll(".", "/")}`), place);
  }
  const newer = structuredClone(good);
  newer.result.jobs[0].since = "0.2.0";
  assertEquals(issuesOf(anyDocument, newer), []);
  assertEquals(placesOfDamage(newer), []);
  assertMatch(issuesOf(strictly(documents.jobs), newer).join(), /^result\.jobs\.0\.since: [^,]+$/);
});

testEach("help json-schema: a valid JSON Schema", async (program) => {
  const { code, stdout, stderr } = await run(program, ["help", "json-schema"]);
  assertEquals([code, stderr], [0, ""]);
  const printed = JSON.parse(stdout);
  assertEquals(printed, JSON.parse(JSON.stringify(jsonSchema(flags))));
  assertEquals(printed.$schema, "https://json-schema.org/draft/2020-12/schema");
  jsonValidator(printed);
  assertThrows(() => jsonValidator({ ...printed, anyOff: [] }));
  assert(!stdout.includes('"$id"'));
});

testEach("help json: what a document is, and where its fields are described", async (program) => {
  const { code, stdout } = await run(program, ["help", "json"]);
  assertEquals(code, 0);
  for (const name of [...Object.keys(documents), "tandem help json-schema"]) assertStringIncludes(stdout, name);
  const { stdout: all } = await run(program, ["help"]);
  assertMatch(all, /^ {2}json {2,}\S.*\n {2}json-schema {2,}\S/m);
  const misspelt = await run(program, ["help", "json-shema"]);
  assertEquals([misspelt.code, misspelt.stdout], [2, ""]);
  assertStringIncludes(misspelt.stderr, "Did you mean json-schema?");
});

/** Checks values by a JSON Schema: where they break it. Throws if it is none, like one with a keyword that there is not. */
function jsonValidator(schema: object): (value: unknown) => readonly string[] {
  const accepts = validator(schema, { includeErrors: true, allErrors: true });
  return (value) => {
    if (accepts(value as Parameters<typeof accepts>[0])) return [];
    return accepts.errors?.map(({ instanceLocation }) => instanceLocation) ?? ["unknown"];
  };
}

/** A document has no field that its schema does not know, and the JSON Schema says the same of it. */
function assertDescribed(command: Command, document: unknown): void {
  assertEquals(issuesOf(strictly(documents[command]), document), []);
  assertEquals(issuesOf(anyDocument, document), []);
  assertEquals(placesOfDamage(document), []);
}

// deno-lint-ignore no-explicit-any -- tests damage it
async function jobsDocument(program: Program): Promise<any> {
  return JSON.parse((await run(program, ["jobs", "--json"])).stdout);
}
