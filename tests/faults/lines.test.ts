import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type ErrorRecord, errorRecords, handed, linux, type Scene, testBothIsolations, testFault } from "./fault.ts";
import { peakMebibytes } from "./process.ts";

const row = "100 MiB line, bad UTF-8, BOM, NUL, CRLF, no final newline, blank lines, invalid JSON";
const echo = "export default (i) => i";

const cases: readonly {
  readonly name: string;
  readonly flags: readonly string[];
  readonly input: readonly (string | number)[];
  readonly stdout: string;
  readonly errors?: readonly { readonly line: number; readonly name: string; readonly says: readonly string[] }[];
}[] = [
  {
    name: "bad UTF-8: its line and the byte that cannot be there",
    flags: ["--input=lines"],
    input: ["a\nb", 0xff, "c\nd", 0xe2, 0x82, "\n\u20ac\n"],
    stdout: '"a"\n"\u20ac"\n',
    errors: [
      { line: 2, name: "TypeError", says: ["UTF-8", "byte 2"] },
      { line: 3, name: "TypeError", says: ["UTF-8", "byte 4"] },
    ],
  },
  {
    name: "bad UTF-8 in JSON: its line and byte",
    flags: [],
    input: ['1\n"a', 0xff, '"\n2\n'],
    stdout: "1\n2\n",
    errors: [{ line: 2, name: "TypeError", says: ["UTF-8", "byte 3"] }],
  },
  {
    name: "a byte order mark is dropped at the start only",
    flags: ["--input=lines"],
    input: ["\ufeffa\n\ufeffb\n"],
    stdout: '"a"\n"\ufeffb"\n',
  },
  { name: "a NUL is a character as others", flags: ["--input=lines"], input: ["a", 0, "b\n"], stdout: '"a\\u0000b"\n' },
  { name: "CRLF ends lines", flags: [], input: ["1\r\n2\r\n3"], stdout: "1\n2\n3\n" },
  { name: "no final newline", flags: [], input: ["1\n2"], stdout: "1\n2\n" },
  { name: "nothing at all", flags: [], input: [], stdout: "" },
  {
    name: "invalid JSON: its line, and what to use instead",
    flags: [],
    input: ["1\n{]\n\nnot json\n2\n"],
    stdout: "1\n2\n",
    errors: [
      { line: 2, name: "SyntaxError", says: ["--input lines"] },
      { line: 4, name: "SyntaxError", says: ["--input lines"] },
    ],
  },
  {
    name: "a line that is too long, by one byte, and by many",
    flags: ["--max-line=10B"],
    input: ['"12345678"\n"123456789"\n1\n', `"${"x".repeat(1_000_000)}"\n2\n"${"x".repeat(20)}"`],
    stdout: '"12345678"\n1\n2\n',
    errors: [2, 4, 6].map((line) => ({ line, name: "RangeError", says: ["--max-line"] })),
  },
];

for (const { name, flags, input, stdout, errors = [] } of cases) {
  const test = async ({ run }: Scene, isolate = "--isolate=worker") => {
    const bytes = new Uint8Array(
      input.flatMap((part) => typeof part === "number" ? [part] : [...new TextEncoder().encode(part)]),
    );
    const ended = await run(echo, [...flags, isolate, "-j1"], { input: bytes });
    assertEquals([ended.code, ended.stdout], [errors.length > 0 ? 1 : 0, stdout], ended.stderr);
    const records = errorRecords(ended.stderr);
    assertEquals(records.map(brief), errors.map(({ line, name }) => [line, name]), ended.stderr);
    for (const [i, { says }] of errors.entries()) {
      for (const said of says) assertStringIncludes(records[i].error.message, said);
    }
  };
  const cell = `${name}, and the next lines go on`;
  if (errors.length > 0) testBothIsolations(row, cell, test); // where slots are, only these go another way
  else testFault(row, cell, test);
}

function brief({ line, error }: ErrorRecord) {
  return [line, error.name];
}

testFault(row, "blank lines are skipped, and counted in --export-json and in line numbers", async (scene) => {
  const { run, folder } = scene;
  const file = `${folder}/summary.json`;
  const input = "\n1\n \t\r\n\n2\n\n";
  const { code, stdout, stderr } = await run(echo, ["--tag", "--export-json", file], { input });
  assertEquals([code, stdout], [0, '{"line":2,"value":1}\n{"line":5,"value":2}\n'], stderr);
  const { lines, ok, failed, skipped } = JSON.parse(await Deno.readTextFile(file)).result;
  assertEquals({ lines, ok, failed, skipped }, { lines: 6, ok: 2, failed: 0, skipped: 4 });
});

testBothIsolations(
  row,
  "a line of 100 MiB: an error record, memory is bounded, the next line goes on",
  async ({ spawn }, isolate) => {
    const mebibyte = new TextEncoder().encode("x".repeat(1024 * 1024));
    const measured = Promise.withResolvers<void>();
    async function* input() {
      yield* handed('1\n"');
      for (let i = 0; i < 100; i++) yield mebibyte;
      yield* handed('"\n2\n', measured.promise);
    }
    const running = spawn(echo, ["-j1", isolate], { input: input() });
    assertEquals(await running.lines(2), ["1", "2"]);
    if (linux) {
      const peak = await peakMebibytes(running.pid);
      assert(peak < 250, `${peak} MiB`);
    }
    measured.resolve();
    const { code, stderr } = await running.ended();
    assertEquals([code, errorRecords(stderr).map(brief)], [1, [[2, "RangeError"]]], stderr);
  },
);
