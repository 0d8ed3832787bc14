import { assertEquals } from "@std/assert";
import { tooManyFailed } from "../../lib/model/failure_limit.ts";

Deno.test("failure limit: more than so many items", () => {
  const passed = (failed: number) => tooManyFailed(2, { ok: 1_000, failed });
  assertEquals([0, 2, 3].map(passed), [false, false, true]);
  assertEquals([0, 1].map((failed) => tooManyFailed(0, { ok: 0, failed })), [false, true]);
});

Deno.test("failure limit: more than a share of those that ended, once 100 have", () => {
  const passed = (ok: number, failed: number, percent = 5) => tooManyFailed({ percent }, { ok, failed });
  assertEquals([passed(0, 99), passed(0, 100), passed(95, 5), passed(94, 6), passed(93, 6)], [
    false,
    true,
    false,
    true,
    false,
  ]);
  assertEquals([passed(999, 1, 0), passed(0, 500, 100), passed(1_000, 5, 0.5), passed(994, 5, 0.5)], [
    true,
    false,
    false,
    true,
  ]);
});
