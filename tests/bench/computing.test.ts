import { assertEquals } from "@std/assert";
import { computingShare } from "../../lib/bench/computing.ts";

Deno.test("computingShare: undefined if the time is too short for the kernel's ticks; never above 1", () => {
  assertEquals(computingShare({ cpuMs: 10, knownMs: 199 }), undefined);
  assertEquals(computingShare({ cpuMs: 50, knownMs: 200 }), 0.25);
  assertEquals(computingShare({ cpuMs: 100, knownMs: 400 }), 0.25);
  assertEquals(computingShare({ cpuMs: 410, knownMs: 400 }), 1);
});
