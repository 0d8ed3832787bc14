import { assertEquals } from "@std/assert";
import { hasChanged, isSteady } from "../../../lib/exec/tuning/settled.ts";

const before = { since: 1_000, speed: 2, computing: 0.5 };

Deno.test("settled: items are other ones if they are half as quick again, or as slow", () => {
  const changed = (speed: number) => hasChanged(before, { speed, computing: 0.5 });
  assertEquals([3.1, 2.9, 1.4, 1.3].map(changed), [true, false, false, true]);
});

Deno.test("settled: or if the share that they compute is another by more than 0.3", () => {
  const changed = (computing: number | undefined) => hasChanged(before, { speed: 2, computing });
  assertEquals([0.81, 0.79, 0.21, 0.19].map(changed), [true, false, false, true]);
  assertEquals(hasChanged({ ...before, computing: undefined }, { speed: 2, computing: undefined }), false);
});

Deno.test("settled: a run is steady after 200 ms", () => {
  assertEquals([1_199, 1_200].map((now) => isSteady(before, now)), [false, true]);
});
