import { assert, assertEquals } from "@std/assert";
import { bencher } from "../../../lib/report/exports/bencher.ts";
import { saved } from "./saved.ts";

type Metrics = Readonly<
  Record<string, { readonly value: number; readonly lower_value?: number; readonly upper_value?: number }>
>;

const parsed = (...documents: Parameters<typeof bencher>[0]): Readonly<Record<string, Metrics>> =>
  JSON.parse(bencher(documents));

Deno.test("bencher: benchmark, measure, and a value with its bounds, as its JSON Schema has them", () => {
  for (const command of ["claims", "compare", "scale"] as const) {
    for (const [name, metrics] of Object.entries(parsed(saved(command)))) {
      assert(name.length > 0 && name.length <= 1024);
      for (const [slug, { value, lower_value = value, upper_value = value, ...more }] of Object.entries(metrics)) {
        assert(/^[a-z0-9-]{1,64}$/.test(slug), slug);
        assert(lower_value <= value && value <= upper_value, `${name} ${slug}`);
        assertEquals(more, {});
      }
    }
  }
});

Deno.test("bencher: latency is in nanoseconds, throughput in operations a second", () => {
  const { latency, throughput, memory, effect } = parsed(saved("compare"))["@primes threads"];
  assert(latency.value > 1.7e6 && latency.value < 2e6, String(latency.value)); // 544 items a second
  assert(Math.abs(throughput.value * latency.value / 1e9 - 1) < 1e-9);
  assert(throughput.lower_value! < throughput.value && throughput.value < throughput.upper_value!);
  assert(memory.value > 1e8);
  const { ratio, interval } = saved("compare").result.modes[2];
  assertEquals(effect, { value: ratio, lower_value: interval![0], upper_value: interval![1] });
});

Deno.test("bencher: the same benchmark of another document has a number", () => {
  const names = Object.keys(parsed(saved("compare"), saved("compare")));
  assertEquals(names.filter((name) => name.startsWith("@primes both")), ["@primes both", "@primes both (2)"]);
});

Deno.test("bencher: a name that is too long is cut", () => {
  const compare = saved("compare");
  const long = { ...compare, result: { ...compare.result, job: "x".repeat(2000) } };
  assertEquals(new Set(Object.keys(parsed(long)).map((name) => name.length <= 1024)), new Set([true]));
});

Deno.test("bencher: two runtimes have a benchmark for each mode of each", () => {
  const two = saved("compare", "compare_runtimes");
  const names = Object.keys(parsed(two));
  assertEquals(
    names,
    ["deno", "node"].flatMap((name) => ["serial", "tasks", "threads"].map((mode) => `job.js ${mode} in ${name}`)),
  );
});
