import { assertAlmostEquals, assertEquals } from "@std/assert";
import { noticesOn } from "../../lib/bench/notices.ts";
import type { ComparedMode } from "../../lib/model/comparison.ts";
import type { Mode } from "../../lib/model/grid.ts";
import { metricsOfCell, metricsOfRun } from "../../lib/model/metrics.ts";
import { compared, reading } from "./suite_runs.ts";

function measured(mode: Mode, times: readonly number[]): ComparedMode {
  const readings = times.map((ms) => reading(ms));
  const samples = readings.map((run, i) => ({ round: i + 1, ...metricsOfRun(run) }));
  return compared({ mode, threads: 1, tasks: 1 }, 1, { ...metricsOfCell(readings), samples });
}

const whole = { rounds: 6, planned: 6, ended: null } as const;
const steady = [100, 101, 99, 100, 102, 98];

const none = { errors: 0, first: undefined };

Deno.test("noticesOn: nothing if all is well", () => {
  assertEquals(noticesOn([measured("serial", steady), measured("tasks", steady)], whole, none), []);
});

Deno.test("noticesOn: slow rounds, short runs, missing rounds", () => {
  const slow = measured("threads", [160, ...steady.slice(1)]);
  const [{ kind, ...rest }] = noticesOn([measured("serial", steady), slow], whole, none);
  assertEquals([kind, rest], ["slow-round", { round: 1, mode: "threads", factor: 160 / 100.5 }]);
  const short = measured("serial", steady.map((ms) => ms / 100));
  const [fewer, brief] = noticesOn([short], { ...whole, planned: 12, ended: "time" }, none);
  assertEquals(fewer, { kind: "fewer-rounds", rounds: 6, planned: 12, why: "time" });
  assertEquals(brief.kind, "short-runs");
  assertAlmostEquals(brief.kind === "short-runs" ? brief.ms : NaN, 1);
});

Deno.test("noticesOn: of several modes with short runs the shortest is named", () => {
  const [longer, shorter] = [
    measured("tasks", steady.map((ms) => ms / 3)),
    measured("both", steady.map((ms) => ms / 9)),
  ];
  for (const modes of [[longer, shorter], [shorter, longer]]) {
    assertEquals(noticesOn(modes, whole, none).map((notice) => notice.kind === "short-runs" && notice.mode), ["both"]);
  }
});

Deno.test("noticesOn: a run of 50 ms is long enough; of equally short ones the first is named", () => {
  const runs = (mode: Mode, ms: number) => measured(mode, Array(6).fill(ms));
  assertEquals(noticesOn([runs("serial", 50)], whole, none), []);
  assertEquals(noticesOn([runs("tasks", 49), runs("both", 49)], whole, none), [
    { kind: "short-runs", mode: "tasks", ms: 49 },
  ]);
});

Deno.test("noticesOn: a round that differs by less than a tenth is not slow, however steady the others are", () => {
  const times = [100, 100.1, 99.9, 100, 100.1, 99.9];
  assertEquals(noticesOn([measured("serial", [...times, 105])], whole, none), []);
  assertEquals(noticesOn([measured("serial", [...times, 115])], whole, none).length, 1);
  const long = [1000, 1001, 999, 1000, 1001, 999];
  assertEquals(noticesOn([measured("serial", [...long, 1100])], whole, none), []); // a tenth, and not more
});

Deno.test("noticesOn: stopped after its last round, a measurement misses none", () => {
  assertEquals(noticesOn([measured("serial", steady)], { ...whole, ended: "stopped" }, none), []);
});

Deno.test("noticesOn: warm-up rounds do not count", () => {
  const { samples, ...rest } = measured("serial", steady);
  const warmed = { ...rest, samples: [{ ...samples[0], round: 0, elapsedMs: 1000 }, ...samples] };
  assertEquals(noticesOn([warmed], whole, none), []);
});

Deno.test("noticesOn: errors that failed no item are told, with how many there were", () => {
  const modes = [measured("serial", steady), measured("tasks", steady)];
  const message = "RangeError: late";
  assertEquals(noticesOn(modes, whole, { errors: 3, first: message }), [{ kind: "late-errors", errors: 3, message }]);
});
