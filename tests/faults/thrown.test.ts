import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { errorRecords, testBothIsolations } from "./fault.ts";

const acts: readonly (readonly [code: string, name: string, message: string])[] = [
  ['throw new TypeError("as asked")', "TypeError", "as asked"],
  ['return Promise.reject(new RangeError("later"))', "RangeError", "later"],
  ["throw null", "Error", "thrown: null"],
  ["throw undefined", "Error", "thrown: undefined"],
  ['throw "a text"', "Error", "thrown: a text"],
  ["throw { toString() { throw 1; }, get name() { throw 2; } }", "Error", "something that cannot be shown"],
  ["const loop = () => loop(); return loop()", "RangeError", "call stack"],
  ['return { then(_, reject) { reject(new Error("from then")); } }', "Error", "from then"],
];

testBothIsolations(
  "job throws, rejects, throws null, recurses too deep",
  "one error record for that item, the slot goes on",
  async ({ run }, isolate) => {
    const cases = acts.map(([code], i) => `${2 * i + 2}: () => { ${code} }`);
    const job = `
      const acts = { ${cases} };
      let calls = 0; // of this slot
      export default (item) => { calls++; return acts[item] ? acts[item]() : calls; }`;
    const lines = Array.from({ length: 2 * acts.length + 1 }, (_, i) => i + 1);
    const { code, stdout, stderr } = await run(job, ["-j1", "--tasks=1", isolate], { input: lines.join("\n") });
    assertEquals([code, stdout], [1, lines.filter((line) => line % 2 === 1).join("\n") + "\n"], stderr);
    const records = errorRecords(stderr);
    assertEquals(records.map(({ line }) => line), acts.map((_, i) => 2 * i + 2));
    for (const [i, [, name, message]] of acts.entries()) {
      assertEquals(records[i].error.name, name);
      assertStringIncludes(records[i].error.message, message);
    }
    assert(!stderr.includes("replaced"), stderr);
  },
);
