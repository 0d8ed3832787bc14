import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chunkBytes, ResultChunks, resultMemory, viewChunk } from "../../../lib/exec/wire/result_chunks.ts";

Deno.test("resultMemory: whole chunks, with room for the credit in full ones and for at least two that are not full", () => {
  fc.assert(fc.property(fc.nat(64 * 1024 * 1024), (credit) => {
    const { byteLength } = resultMemory(credit);
    assertEquals(byteLength % chunkBytes, 0);
    assert(byteLength >= 1.5 * credit + 2 * chunkBytes && byteLength < 1.5 * credit + 3 * chunkBytes);
  }));
});

Deno.test("result chunks: what a slot writes into a chunk main reads in the same, and in no other", () => {
  const memory = resultMemory(chunkBytes);
  const chunks = new ResultChunks(memory);
  const count = memory.byteLength / chunkBytes;
  for (let chunk = 0; chunk < count; chunk++) chunks.view(chunk).fill(chunk + 1);
  for (let chunk = 0; chunk < count; chunk++) {
    const view = viewChunk(memory, chunk);
    assertEquals([view.length, view.every((byte) => byte === chunk + 1)], [chunkBytes, true]);
  }
});

Deno.test("result chunks: each chunk is free once; what main has read is free again; with none free there is no next", () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constant("take" as const), fc.nat(10)), { maxLength: 60 }), (steps) => {
    const memory = resultMemory(2 * chunkBytes);
    const count = memory.byteLength / chunkBytes;
    const chunks = new ResultChunks(memory);
    const taken: number[] = [];
    for (const step of [...steps, ...Array(count).fill("take" as const)]) {
      const { next } = chunks;
      assertEquals(chunks.next, next, "still free until it is taken");
      assertEquals(next === undefined, taken.length === count);
      if (step !== "take") taken.splice(step, 1).forEach((chunk) => chunks.release(chunk));
      else if (next !== undefined) {
        assert(next >= 0 && next < count && !taken.includes(next), `chunk ${next}`);
        chunks.take();
        taken.push(next);
      }
    }
  }));
});
