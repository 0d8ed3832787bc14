import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { call } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

const jobs = new URL("../../fixtures/jobs", import.meta.url).pathname;

/** An item's error that is not the job's, and what the program says to do. */
const failures: readonly {
  readonly code: string;
  readonly flags: readonly string[];
  readonly input: string | Uint8Array<ArrayBuffer>;
  readonly line?: number;
  readonly message: RegExp;
}[] = [
  {
    code: "not-json",
    flags: [],
    input: "{\n",
    message: /^not JSON: .*; for plain text: --input lines, for CSV: --input csv$/,
  },
  { code: "not-utf8", flags: [], input: Uint8Array.of(0xff, 10), message: /^not UTF-8: byte 1 of the line$/ },
  {
    code: "line-too-long",
    flags: ["--max-line=3b"],
    input: "12345\n",
    message: /^the item is longer than 3 bytes; raise --max-line$/,
  },
  {
    code: "not-csv",
    flags: ["--input=csv"],
    input: "a\n1,2\n",
    line: 2,
    message: /^not CSV: the row has 2 fields, the header has 1$/,
  },
  {
    code: "result-not-row",
    flags: ["--output=csv"],
    input: "1\n",
    message: /^the result is a number; for a row of CSV return an object$/,
  },
  {
    code: "result-too-long",
    flags: ["--max-result=3b"],
    input: "12345\n",
    message: /^the result is longer than 3 bytes; raise --max-result$/,
  },
  {
    code: "result-has-separator",
    flags: ["--output=lines"],
    input: '"a\\nb"\n',
    message: /^the result holds a newline, which separates records; give --output json, or --null$/,
  },
  {
    code: "result-has-separator",
    flags: ["--output=lines", "--null"],
    input: '"a\\u0000b"\0',
    message: /^the result holds a NUL, which separates records; give --output json$/,
  },
];

for (const { code, flags, input, message, line: expected = 1 } of failures) {
  Deno.test(`run: the error record of ${code} ${flags.join(" ")}`, async () => {
    const { stderr } = await call(["run", `${jobs}/echo.js`, "-q", ...flags], { stdin: input });
    const { line, error } = JSON.parse(stderr.trim());
    assertEquals([line, Object.keys(error), error.code], [expected, ["name", "message", "code"], code]);
    assertMatch(error.message, message);
  });
}

testEach("run: a time limit has a code, in threads and in processes; an error of the job has none", async (program) => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/job.js`;
    await Deno.writeTextFile(
      path,
      `export default (i) => {
        if (i === 1) throw Object.assign(new Error("own"), { code: "ENOENT" });
        if (i === 2) return () => {};
        if (i === 3) return Deno.readTextFileSync("/etc/hostname");
        return new Promise(() => {});
      };
      Object.prototype.code = "timeout"; // no job may choose the code of its records`,
    );
    for (const isolate of ["worker", "process"]) {
      const args = ["run", path, "-q", "-j1", "--tasks=4", "--timeout=300ms", `--isolate=${isolate}`];
      const { stderr } = await run(program, args, { input: "1\n2\n3\n4\n" });
      const records = stderr.trim().split("\n").map((text) => JSON.parse(text));
      const codes = records.map(({ line, error }) => [line, error.code]).toSorted(([a], [b]) => a - b);
      assertEquals(codes, [[1, undefined], [2, "result-not-json"], [3, "denied"], [4, "timeout"]], stderr);
      const { error } = records.find(({ line }) => line === 3);
      assertStringIncludes(error.message, "add --allow-read=/etc/hostname (or --allow-read)");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testEach("run: what a module imports from elsewhere is refused, with the flag that helps", async (program) => {
  const { code, stderr } = await run(program, ["run", `${jobs}/broken/package.js`], { input: "1\n" });
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /it imports left-pad, which is not available here.*; a job can import .* with --deno .* what is in your own/,
  );
});
