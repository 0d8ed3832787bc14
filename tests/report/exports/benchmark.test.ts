import { assert, assertEquals } from "@std/assert";
import { biggerIsBetter, smallerIsBetter } from "../../../lib/report/exports/benchmark.ts";
import { saved } from "./saved.ts";

interface Entry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra?: string;
}

const smaller = (...documents: Parameters<typeof smallerIsBetter>[0]): Entry[] =>
  JSON.parse(smallerIsBetter(documents));
const bigger = (...documents: Parameters<typeof smallerIsBetter>[0]): Entry[] => JSON.parse(biggerIsBetter(documents));

Deno.test("benchmark: entries of github-action-benchmark have its fields, and names of their own", () => {
  for (const command of ["claims", "compare", "scale"] as const) {
    for (const entries of [smaller(saved(command)), bigger(saved(command))]) {
      assert(entries.length > 0);
      for (const { name, unit, value, range = "", extra = "", ...more } of entries) {
        assert([name, unit, range, extra].every((text) => typeof text === "string") && Number.isFinite(value));
        assertEquals(more, {});
      }
      assertEquals(new Set(entries.map(({ name }) => name)).size, entries.length, command);
    }
  }
});

Deno.test("benchmark: times and memory are better small, throughput and effects big, and no entry is in both", () => {
  const document = saved("compare");
  const [small, big] = [smaller(document), bigger(document)];
  const unitsOf = (entries: readonly Entry[]) => new Set(entries.map(({ unit }) => unit));
  assertEquals([unitsOf(small), unitsOf(big)], [new Set(["ms", "bytes"]), new Set(["items/s", "×"])]);
  const time = small.find(({ name }) => name === "@primes threads - time of an item");
  const throughput = big.find(({ name }) => name === "@primes threads - throughput");
  assert(time && throughput && Math.abs(time.value * throughput.value - 1000) < 1e-6);
  assert(/^± 0\.0\d+$/.test(time.range ?? ""), time.range);
  assertEquals(time.extra, "2×1, 12 rounds, 48 items a run");
  const effect = big.find(({ name }) => name === "@primes threads - effect");
  assertEquals(effect?.value, document.result.modes[2].ratio);
});

Deno.test("benchmark: claims have their effects, scale its costs and how far it would go", () => {
  const effects = bigger(saved("claims")).filter(({ name }) => /^[a-z-]+ - effect$/.test(name));
  const claims = saved("claims").result.claims.filter(({ effect }) => effect !== null);
  assertEquals(effects.map(({ value }) => value), claims.map(({ effect }) => effect));
  const { fits, forecast } = saved("scale").result;
  const memory = smaller(saved("scale")).filter(({ unit }) => unit === "bytes");
  assertEquals(memory.map(({ value }) => value), fits.map(({ bytesEach }) => bytesEach));
  const threads = bigger(saved("scale")).find(({ name }) => name === "thread - forecast");
  assertEquals(threads?.value, forecast.find(({ kind }) => kind === "thread")?.alive);
});

Deno.test("benchmark: throughput is the document's, also where a run goes through its items several times", () => {
  const document = saved("compare", "compare_grid");
  assertEquals(document.result.passes, 2);
  for (const { mode, itemsPerSecond } of document.result.modes) {
    const found = bigger(document).find(({ name }) => name === `@mixed ${mode} - throughput`)?.value ?? NaN;
    assert(Math.abs(found / itemsPerSecond - 1) < 0.05, `${mode}: ${found}, ${itemsPerSecond}`);
  }
});
