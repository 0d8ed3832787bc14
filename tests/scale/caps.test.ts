import { assertEquals } from "@std/assert";
import { openCaps } from "../../lib/scale/caps.ts";

const gib = 2 ** 30;

Deno.test("caps: the memory that was asked for, or a quarter of what is free", () => {
  const asked = openCaps({ maxBytes: 100, maxMs: 10 }, [], 0, () => gib);
  assertEquals(asked.reached(100, 10), undefined);
  assertEquals(asked.reached(101, 0), { stoppedBy: "max-memory", limit: 100 });
  assertEquals(asked.reached(0, 11), { stoppedBy: "max-time", limit: 10 });
  const quarter = openCaps({ maxBytes: null, maxMs: 10 }, [], 0, () => 4 * gib);
  assertEquals(quarter.reached(gib, 0), undefined);
  assertEquals(quarter.reached(gib + 1, 0), { stoppedBy: "max-memory", limit: gib });
});

Deno.test("caps: a control group, and memory that others take meanwhile", () => {
  const group = [{ name: "cgroup-memory", value: 2 * gib, used: gib }] as const;
  const inGroup = openCaps({ maxBytes: 2 * gib, maxMs: 10 }, group, 0, () => 9 * gib);
  assertEquals(inGroup.reached(gib / 2, 0), undefined);
  assertEquals(inGroup.reached(gib - 1, 0), { stoppedBy: "cgroup-memory", limit: 2 * gib });
  assertEquals(
    openCaps({ maxBytes: null, maxMs: 10 }, group, 0, () => 9 * gib).reached(gib / 4 + 1, 0)?.limit,
    gib / 4,
  );
  let free = gib;
  const shrinking = openCaps({ maxBytes: gib, maxMs: 10 }, [], 0, () => free);
  assertEquals(shrinking.reached(1, 0), undefined);
  free = gib / 5;
  assertEquals(shrinking.reached(1, 0)?.stoppedBy, "memory");
});
