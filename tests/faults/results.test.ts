import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { errorRecords, testBothIsolations } from "./fault.ts";

/** What JSON cannot hold, and the path that its error names. */
const unencodable: readonly (readonly [code: string, message: string])[] = [
  ["() => {}", "result is a function"],
  ["({ rows: [1, { onClick() {} }] })", "result.rows[1].onClick is a function"],
  ["({ rows: [1n] })", "result.rows[0] is a BigInt"],
  ["new Map([['k', Symbol()]])", 'result.get("k") is a symbol'],
  ["(() => { const a = { b: {} }; a.b.a = a; return a; })()", "result.b.a is a cycle back to result"],
  ["({ get a() { throw new Error('no'); } })", "result.a threw Error: no"],
];

testBothIsolations(
  "uncloneable or unserialisable result",
  "an error record that names the path, and the rest is right",
  async ({ run }, isolate) => {
    const job = `const results = [${unencodable.map(([code]) => `() => ${code}`)}];
      export default (i) => results[i] ? results[i]() : i`;
    const input = `${unencodable.map((_, i) => i).join("\n")}\n"last"\n`;
    const { code, stdout, stderr } = await run(job, [isolate, "--threads=1"], { input });
    assertEquals([code, stdout], [1, '"last"\n'], stderr);
    const records = errorRecords(stderr);
    assertEquals(records.map(({ line }) => line), unencodable.map((_, i) => i + 1));
    for (const [i, [, message]] of unencodable.entries()) assertStringIncludes(records[i].error.message, message);
  },
);

/** What becomes of values that are not JSON's own; `tandem help job` says so. */
const mapping: readonly (readonly [code: string, record: string])[] = [
  ["undefined", "null"],
  ["NaN", "null"],
  ["[-Infinity, undefined]", "[null,null]"],
  ["({ a: undefined, b: 1 })", '{"b":1}'],
  ["new Date(0)", '"1970-01-01T00:00:00.000Z"'],
  ["new Map([['a', new Map([[1, 2]])]])", '[["a",[[1,2]]]]'],
  ["new Set([1, 2])", "[1,2]"],
  ["new Uint8Array([1, 2])", "[1,2]"],
  ["new RangeError('low')", '{"name":"RangeError","message":"low"}'],
  ["/a+/i", '"/a+/i"'],
];

testBothIsolations("NaN, Map, Date, undefined as result", "the documented mapping", async ({ run }, isolate) => {
  const job = `const results = [${mapping.map(([code]) => code)}]; export default (i) => results[i];`;
  const input = mapping.map((_, i) => `${i}\n`).join("");
  const { code, stdout, stderr } = await run(job, [isolate, "--threads=1"], { input });
  assertEquals(stdout.trim().split("\n"), mapping.map(([, record]) => record), stderr);
  assert(code === 0, stderr);
});
