import { assert, assertEquals, assertMatch } from "@std/assert";
import { claims } from "../../../lib/claims/mod.ts";
import { call, failingCall } from "../in_process.ts";

Deno.test("explain CLAIM: its sentence, its source, its explanation, and how to test it", async () => {
  const { code, stdout, stderr } = await call(["explain", "threads-parallel"]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^threads-parallel: "threads run in parallel" \([^)]+\)\n[A-Z]/);
  assertMatch(stdout, /\nTest it: tandem claims threads-parallel\n\nHow it is decided: tandem help verdicts\n$/);
});

Deno.test("explain: all claims, in lines that fit", async () => {
  const { stdout } = await call(["explain"], { style: { width: 60 } });
  for (const { id } of claims) assert(stdout.includes(`\nTest it: tandem claims ${id}\n`), id);
  for (const line of stdout.split("\n")) assert(line.length <= 60, line);
});

Deno.test("explain: an unknown claim, and what may be meant", async () => {
  const { code, stdout, stderr } = await failingCall(["explain", "threads-paralel"]);
  assertEquals([code, stdout], [2, ""]);
  assertMatch(stderr, /^tandem: unknown claim "threads-paralel"\. Did you mean threads-parallel\?[^\n]*\n$/);
});
