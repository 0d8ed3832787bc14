/** What one machine writes, shards and gather write too, byte for byte: for any input, any number of shards and any format. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { inFolder } from "../in_folder.ts";
import { call } from "../in_process.ts";

const jobs = "tests/fixtures/jobs";

/** A run, as its flags and inputs say it. */
interface Case {
  /** A job, or --exec and its command. */
  readonly job: readonly string[];
  readonly flags: readonly string[];
  readonly inputs: readonly string[];
  readonly shards: number;
  /** The flags of gather that are not those of the run. */
  readonly gather: readonly string[];
}

const text = (separator = "") =>
  fc.string({ unit: fc.constantFrom("a", " ", '"', "\\", "é", "😀", "\t", ",", "}", "\n", "\0"), maxLength: 8 })
    .map((found) => separator === "" ? found : found.replaceAll(separator, ""));

/** Lines of which some are blank, in one or two inputs, with or without an end of the last line. */
const lines = (line: fc.Arbitrary<string>, separator: string): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.array(fc.oneof({ weight: 5, arbitrary: line }, fc.constantFrom("", "  ")), { maxLength: 14 }), {
    minLength: 1,
    maxLength: 2,
  }).chain((inputs) =>
    fc.boolean().map((ends) => inputs.map((all) => all.join(separator) + (ends && all.length > 0 ? separator : "")))
  );

const shards = fc.integer({ min: 1, max: 4 });

/** Items of JSON that say what comes of them; some are no JSON, or too long. */
const jsonCases: fc.Arbitrary<Case> = fc.tuple(fc.constantFrom("json", "lines"), fc.boolean(), fc.boolean()).chain(
  ([output, isNull, isGenerator]) => {
    const separator = isNull ? "\0" : "\n";
    const value = fc.oneof(
      text(output === "lines" ? separator : ""),
      fc.jsonValue({ maxDepth: 1 }).filter(isWritable(output, separator)),
    );
    const item = isGenerator
      ? fc.record({ values: fc.array(value, { maxLength: 3 }), fail: text() }, { requiredKeys: ["values"] })
      : fc.oneof(fc.record({ value }), fc.record({ fail: text() }));
    const line = fc.oneof(
      { weight: 8, arbitrary: item.map((one) => JSON.stringify(one)) },
      fc.constantFrom("no JSON", "x".repeat(300)),
    );
    return fc.record({
      job: fc.constant([`${jobs}/${isGenerator ? "values_then_fail.js" : "records.js"}`]),
      flags: fc.constant([`--output=${output}`, "--max-line=250B", ...isNull ? ["-0"] : []]),
      inputs: lines(line, separator),
      shards,
      gather: fc.constant([`--output=${output}`, ...isNull ? ["-0"] : [], ...isGenerator ? ["--sparse"] : []]),
    });
  },
);

/** Whether no text that is written as it is holds a separator. */
function isWritable(output: string, separator: string) {
  return (value: unknown) =>
    output === "json" || typeof value !== "string" || !value.includes(separator) && value.isWellFormed();
}

const textCases: fc.Arbitrary<Case> = fc.constantFrom("\n", "\0").chain((separator) => {
  const isNull = separator === "\0" ? ["-0"] : [];
  return fc.record({
    job: fc.constant([`${jobs}/echo.js`]),
    flags: fc.constant(["--input=lines", "--output=lines", ...isNull]),
    inputs: lines(text(separator), separator),
    shards,
    gather: fc.constant(["--input=lines", "--output=lines", ...isNull]),
  });
});

const csvCases: fc.Arbitrary<Case> = fc.record({
  job: fc.constant([`${jobs}/echo.js`]),
  flags: fc.constant(["--input=csv"]),
  inputs: fc.array(fc.constantFrom("1,2", '"a\nb",c', "", "1", '"""",x'), { maxLength: 12 })
    .map((rows) => [["a,b", ...rows].map((row) => `${row}\n`).join("")]),
  shards,
  gather: fc.constant(["--input=csv"]),
});

const arrayCases: fc.Arbitrary<Case> = fc.record({
  job: fc.constant([`${jobs}/echo.js`]),
  flags: fc.constant(["--input=array"]),
  inputs: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 12 }).map((all) => [JSON.stringify(all, null, 1)]),
  shards,
  gather: fc.constant(["--input=array"]),
});

const execCases: fc.Arbitrary<Case> = fc.record({
  job: fc.constant(["--exec", "printf %b"]),
  flags: fc.constant(["-j2"]),
  inputs: fc.array(fc.constantFrom("a", "a\\n", "a\\nb", "\\c", "é\\n\\n"), { maxLength: 6 })
    .map((all) => [all.map((line) => `${line}\n`).join("")]),
  shards: fc.integer({ min: 1, max: 2 }),
  gather: fc.constant(["--input=lines", "--output=exec"]),
});

/** Runs a case in both ways. */
async function compared({ job, flags, inputs, shards, gather }: Case): Promise<void> {
  await inFolder(Object.fromEntries(inputs.map((input, i) => [`in.${i}`, input])), async (folder) => {
    const files = inputs.map((_, i) => `${folder}/in.${i}`);
    const run = async (...more: string[]) =>
      await call(["run", ...job, "-q", "--threads=1", "--errors=inline", ...flags, ...more, ...files]);
    const one = await run();
    const outputs = Array.from({ length: shards }, (_, index) => `${folder}/out.${index}`);
    for (const [index, output] of outputs.entries()) {
      Deno.writeTextFileSync(output, (await run("--tag", `--shard=${index}/${shards}`)).stdout);
    }
    const items = files.map((file) => `--items=${file}`);
    const { code, stdout, stderr } = await call(["gather", ...outputs, "--untag", "-q", ...items, ...gather]);
    assertEquals(stdout, one.stdout);
    assertEquals([code, stderr], [0, ""]);
  });
}

const kinds: readonly (readonly [name: string, cases: fc.Arbitrary<Case>, runs: number])[] = [
  ["values, generators, errors, lines that are no items", jsonCases, 15],
  ["lines of text", textCases, 8],
  ["rows of CSV", csvCases, 6],
  ["elements of an array", arrayCases, 5],
  ["what commands print", execCases, 4],
];

for (const [name, cases, numRuns] of kinds) {
  Deno.test(`gather --untag writes what one machine would have written: ${name}`, async () => {
    await fc.assert(fc.asyncProperty(cases, compared), { numRuns });
  });
}
