import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { claims } from "../../../lib/claims/mod.ts";
import { call, failingCall } from "../in_process.ts";

Deno.test("explain CLAIM: its sentence and source, what is measured and how, code to try, and how to test it", async () => {
  const { code, stdout, stderr } = await call(["explain", "threads-parallel"]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^threads-parallel: "threads run in parallel" \(article and book\)\n\nWhere it stands\n {2}\w/);
  assertMatch(stdout, /\n\nWhat is measured\n {2}\w(.|\n)+\n\nHow to read the result\n {2}\w/);
  assertMatch(stdout, /\n\nBy hand: save it as try\.ts, and deno run -A try\.ts\n {2}\w/);
  assertMatch(stdout, /\nTest it: tandem claims threads-parallel\n\nHow verdicts are reached: tandem help verdicts\n$/);
});

Deno.test("explain CLAIM: the code is as its claim has it, and all else fits", async () => {
  for (const { id, explained: { byHand, elsewhere } } of claims) {
    const { stdout } = await call(["explain", id], { style: { width: 60 } });
    const code = byHand.split("\n").map((line) => `  ${line}\n`).join("");
    assertStringIncludes(stdout, code);
    const addresses = elsewhere.map(({ source }) => source.split(" ").at(-1));
    const wide = stdout.replace(code, "").split("\n").filter((line) =>
      line.length > 60 && !addresses.includes(line.trim())
    );
    assertEquals(wide, []);
  }
});

Deno.test("explain: all claims in a list", async () => {
  for (const width of [40, 100]) {
    const { code, stdout } = await call(["explain"], { style: { width } });
    assertEquals(code, 0);
    assert(
      stdout.endsWith("\nMore on one of them: tandem explain CLAIM\nHow verdicts are reached: tandem help verdicts\n"),
    );
    for (const { id, sentence } of claims) {
      assert(stdout.includes(id) && stdout.replace(/\s+/g, " ").includes(sentence), id);
    }
    for (const line of stdout.split("\n").slice(0, -3)) assert(line.length <= width, line);
  }
});

Deno.test("explain: an unknown claim, and what may be meant", async () => {
  const { code, stdout, stderr } = await failingCall(["explain", "threads-paralel"]);
  assertEquals([code, stdout], [2, ""]);
  assertMatch(stderr, /^tandem: unknown claim "threads-paralel"\. Did you mean threads-parallel\?[^\n]*\n$/);
});
