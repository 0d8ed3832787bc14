import { assert, assertEquals } from "@std/assert";
import { ComputingShare } from "../../../lib/exec/tuning/computing_share.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";

function share(...readings: readonly Partial<SlotReading>[]): number | undefined {
  const computing = new ComputingShare();
  for (const more of readings) computing.add({ items: 1, ms: 10, pendingMs: 5, threads: 1, ...more });
  return computing.value;
}

Deno.test("computing: the share of the time with work, as far as it is known", () => {
  assertEquals(share({ cpuMs: 5 }, { cpuMs: 10 }, {}), 0.75); // the last one has no CPU time
  assertEquals(share({}), undefined);
  assertEquals(share({ pendingMs: 0 }), 1); // without promises nothing waits
  assertEquals(share({ pendingMs: 0, items: 0 }), undefined);
  assertEquals(share({ cpuMs: 30 }), 1);
});

Deno.test("computing: processor time in steps of 10 ms gives about the share that it is in the end", () => {
  const steps = Array.from({ length: 100 }, (_, i) => ({ cpuMs: i % 4 === 0 ? 10 : 0 }));
  const found = share(...steps) ?? NaN;
  assert(found > 0.15 && found < 0.35, `${found}`);
});

Deno.test("computing: what was long ago does not count", () => {
  const waits = Array.from({ length: 100 }, () => ({ cpuMs: 0 }));
  const computes = Array.from({ length: 50 }, () => ({ cpuMs: 10 }));
  assert((share(...waits, ...computes) ?? 0) > 0.99);
});

Deno.test("computing: a share of a short time is none to be told", () => {
  const told = (readings: number) => {
    const computing = new ComputingShare();
    for (let i = 0; i < readings; i++) computing.add({ items: 1, ms: 10, pendingMs: 5, cpuMs: 0, threads: 1 });
    return [computing.value, computing.measured];
  };
  assertEquals(told(5), [0, undefined]); // processor time may come in steps of 10 ms
  assertEquals(told(6), [0, 0]);
});
