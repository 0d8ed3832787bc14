import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { builtinInputs, inputOf } from "../../../lib/cli/job/builtin_input.ts";
import type { Inputs } from "../../../lib/exec/input/byte_reader.ts";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";

/** All that there is to read, `size` bytes at a time. */
async function textOf(inputs: Inputs, size: number): Promise<string> {
  const decoder = new TextDecoder();
  const into = new Uint8Array(size);
  let text = "";
  for (let input = await inputs.next(); input !== undefined; input = await inputs.next()) {
    for (let count = await input.read(into); count !== null; count = await input.read(into)) {
      text += decoder.decode(into.subarray(0, count), { stream: true });
    }
    assertEquals(await input.read(into), null); // the end stays the end
    input.close();
  }
  return text;
}

Deno.test("inputOf: one input, a JSON value a line, however little is read at once", async () => {
  const items = fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.constant({ a: [1] })));
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 40 }), fc.constantFrom("\n", "\0"), async (items, size, end) => {
      const inputs = inputOf(items, end);
      const total = inputs.totalBytes();
      const text = await textOf(inputs, size);
      assertEquals(text, items.map((item) => JSON.stringify(item) + end).join(""));
      assertEquals(total, new TextEncoder().encode(text).length);
      assertEquals(await inputs.next(), undefined);
    }),
    { numRuns: 50 },
  );
});

Deno.test("builtinInputs: the items of the built-in job; a user's job has none", async () => {
  const inputs = await builtinInputs({ kind: "builtin", name: "primes" }, "\n");
  const { items } = await builtinJobs.primes.load();
  assertEquals(
    (await textOf(inputs!, 1024)).trimEnd().split("\n").map((line) => JSON.parse(line)),
    items,
  );
  assertEquals(await builtinInputs({ kind: "module", url: "file:///primes" }, "\n"), undefined);
});
