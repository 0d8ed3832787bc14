import { assert, assertEquals } from "@std/assert";
import { hyperfine } from "../../../lib/report/exports/hyperfine.ts";
import { fieldsOf, saved } from "./saved.ts";

/** The fields of `BenchmarkResult` in hyperfine 1.20, in its order. */
const fields = [
  "command",
  "mean",
  "stddev",
  "median",
  "user",
  "system",
  "min",
  "max",
  "times",
  "memory_usage_byte",
  "exit_codes",
  "parameters",
];

Deno.test("hyperfine: the fields that its scripts read, in seconds, of the runs that count", () => {
  const document = saved("compare");
  const { results } = JSON.parse(hyperfine([document]));
  assertEquals(results.map(fieldsOf), results.map(() => fields));
  assertEquals(
    results.map(({ command }: { command: string }) => command),
    ["@primes serial", "@primes tasks", "@primes threads", "@primes both"],
  );
  const [{ samples }] = document.result.modes;
  const counted = samples.filter(({ round }) => round > 0);
  const [{ times, mean, median, min, max, stddev, memory_usage_byte, exit_codes, parameters }] = results;
  assertEquals(times, counted.map(({ elapsedMs }) => elapsedMs / 1000));
  assertEquals([min, max], [Math.min(...times), Math.max(...times)]);
  assert(min < median && median < max && Math.abs(mean - median) < stddev && stddev < (max - min));
  assertEquals(memory_usage_byte, counted.map(({ rssBytes }) => rssBytes));
  assertEquals(exit_codes, counted.map(() => 0));
  assertEquals(parameters, { mode: "serial", threads: "1", tasks: "1" });
});

Deno.test("hyperfine: warm-up runs are left out, one run has no deviation, a cell without runs no result", () => {
  const document = saved("compare");
  const [serial, tasks] = document.result.modes;
  const [sample] = serial.samples;
  const modes = [
    { ...serial, samples: [{ ...sample, round: 0, elapsedMs: 9e9 }, { ...sample, round: 1, elapsedMs: 250 }] },
    { ...tasks, samples: [{ ...sample, round: 0 }] },
  ];
  const { results } = JSON.parse(hyperfine([{ ...document, result: { ...document.result, modes } }]));
  assertEquals(results.length, 1);
  assertEquals([results[0].times, results[0].stddev, results[0].mean], [[0.25], null, 0.25]);
});

Deno.test("hyperfine: the works of claims, the sweep, and several documents in one file", () => {
  const [claims, sweep] = [saved("claims"), saved("compare", "compare_grid")];
  const { results } = JSON.parse(hyperfine([claims, sweep]));
  const commands = results.map(({ command }: { command: string }) => command);
  assert(commands.includes("waiting tasks") && commands.includes("@mixed 2×8"), commands.join());
  assertEquals(new Set(commands).size, commands.length);
});

Deno.test("hyperfine: two runtimes have a result for each mode of each, which says which", () => {
  const two = saved("compare", "compare_runtimes");
  const { results } = JSON.parse(hyperfine([two]));
  assertEquals(
    results.map(({ command }: { command: string }) => command),
    ["deno", "node"].flatMap((name) => ["serial", "tasks", "threads"].map((mode) => `job.js ${mode} in ${name}`)),
  );
  const [{ times, parameters }] = results;
  const { samples } = two.result.changes![0].old;
  assertEquals(times, samples.filter(({ round }) => round > 0).map(({ elapsedMs }) => elapsedMs / 1000));
  assertEquals(parameters, { mode: "serial", threads: "1", tasks: "1", runtime: "deno", runtimeVersion: "2.9.6" });
});

Deno.test("hyperfine: two programs of one runtime are named as --runtimes names them", () => {
  const two = saved("compare", "compare_runtimes");
  const { against } = two.result;
  const node = (program: string) => ({ name: "node" as const, version: "24.1.0", program });
  const nodes = { ...against!, runtimes: { old: node("node"), now: node("v24/node") } };
  const { results } = JSON.parse(hyperfine([{ ...two, result: { ...two.result, against: nodes } }]));
  const commands = results.map(({ command }: { command: string }) => command);
  assertEquals([commands[0], commands[3]], ["job.js serial in node", "job.js serial in node=v24/node"]);
});
