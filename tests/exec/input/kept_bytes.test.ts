import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { KeptBytes } from "../../../lib/exec/input/kept_bytes.ts";

Deno.test("kept bytes: they are those of all parts, in order, unless they are more than may be kept", () => {
  const part = fc.oneof(fc.uint8Array({ maxLength: 5 }), fc.uint8Array({ minLength: 900, maxLength: 1_200 }));
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom(3, 1_000, 10_000), (parts, max) => {
    const kept = new KeptBytes(max);
    const expected: number[] = [];
    for (const bytes of parts) {
      const chunk = Uint8Array.of(7, ...bytes, 7);
      kept.add(chunk, 1, 1 + bytes.length);
      chunk.fill(0); // its memory is used again
      expected.push(...bytes);
    }
    const isTooLong = expected.length > max;
    assertEquals([kept.isTooLong, kept.isEmpty], [isTooLong, expected.length === 0]);
    assertEquals([...kept.bytes], isTooLong ? [] : expected);
  }));
});

Deno.test("kept bytes: what was too long stays so until it is cleared, and keeps nothing of what follows", () => {
  const kept = new KeptBytes(2);
  const chunk = Uint8Array.of(1, 2, 3);
  kept.add(chunk, 0, 2);
  assertEquals([kept.isTooLong, [...kept.bytes]], [false, [1, 2]]);
  kept.add(chunk, 2, 3);
  kept.add(chunk, 0, 1);
  assertEquals([kept.isTooLong, kept.isEmpty, kept.bytes.length], [true, false, 0]);
  kept.clear();
  assertEquals([kept.isTooLong, kept.isEmpty, kept.bytes.length], [false, true, 0]);
  kept.add(chunk, 1, 3);
  assertEquals([...kept.bytes], [2, 3]);
});
