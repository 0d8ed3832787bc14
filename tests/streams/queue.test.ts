import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Queue } from "../../lib/streams/queue.ts";

Deno.test("queue: first in, first out, however adding, taking and clearing alternate", () => {
  const some = fc.oneof(fc.nat(3_000), fc.constantFrom(1_023, 1_024, 1_025)); // the items are kept in pieces of 1,024
  const steps = fc.array(
    fc.record({ add: some, take: some, clear: fc.nat(9).map((n) => n === 0) }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const queue = new Queue<number>();
      let [next, out] = [0, 0];
      for (const { add, take, clear } of all) {
        for (let i = 0; i < add; i++) queue.add(next++);
        for (let i = 0; i < take && !queue.isEmpty; i++) assertEquals(queue.take(), out++);
        if (clear) {
          queue.clear();
          out = next;
        }
        assertEquals(queue.isEmpty, out === next);
      }
    }),
    { numRuns: 100 },
  );
});
