import { assert, assertEquals, assertMatch } from "@std/assert";
import { builtinJobs, findBuiltin } from "../../lib/jobs/builtin.ts";
import skewed, { items as skewedItems } from "../../lib/jobs/builtin/skewed.ts";
import { loadJob } from "../../lib/jobs/load.ts";

for (const [name, { about, load }] of Object.entries(builtinJobs)) {
  Deno.test(`builtin ${name}: loads like a user's job, its items are JSON, and one of them runs`, async () => {
    const loaded = await loadJob({ kind: "builtin", name });
    assert(loaded.kind === "loaded");
    const { items } = await load();
    assert(about.length > 0 && items.length >= 8);
    assertEquals(JSON.parse(JSON.stringify(items)), items);
    const { run, setup, teardown } = loaded.job;
    const state = await setup?.({ thread: 0 });
    const context = { signal: new AbortController().signal, index: 0, thread: 0, state };
    const [first, again] = [await run(items[0], context), await run(items[0], context)];
    assertEquals(first, again);
    assertMatch(typeof first, /^(number|string)$/);
    await teardown?.(state);
  });
}

Deno.test("builtin: names are looked up, not inherited", () => {
  assertEquals(findBuiltin("toString"), undefined);
});

Deno.test("builtin read and read-sync: read every piece whole, even beyond the end of the file, several at once", async () => {
  const [read, readSync] = await Promise.all(["read", "read-sync"].map((name) => findBuiltin(name)?.load()));
  assert(read?.setup && readSync?.setup);
  const [idle, own] = [{ state: read.setup() }, { state: readSync.setup() }];
  const pieces = [0, 1, 2, 100_000] as never[];
  const sizes = await Promise.all(pieces.map((piece) => read.default(piece, idle)));
  assertEquals(sizes, pieces.map((piece) => readSync.default(piece, own)));
  assertEquals(sizes, [256, 256, 256, 256].map((kibibytes) => kibibytes * 1024));
  read.teardown?.(idle.state); // the test's sanitizer reports files that it leaves open
  readSync.teardown?.(own.state);
});

Deno.test("builtin primes and skewed: the counts are right, and a few items are far larger than most", () => {
  assertEquals(skewed(100), 25);
  const sorted = skewedItems.toSorted((a, b) => a - b);
  assert(sorted[63] > 10 * sorted[32]);
});
