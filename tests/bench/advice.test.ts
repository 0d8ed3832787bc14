import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type AdviceInput, advise } from "../../lib/bench/advice.ts";
import { corners } from "../../lib/bench/corners.ts";
import type { ComparedMode, Phases } from "../../lib/model/comparison.ts";
import type { Cell, Mode } from "../../lib/model/grid.ts";
import { compared } from "./suite_runs.ts";

type Ratios = Readonly<Record<Mode, number>>;

const phases = {
  startMs: 30,
  sendMs: 1,
  queueMs: 1,
  computingMs: 9,
  blockingMs: 0,
  waitingMs: 0.5,
  receiveMs: 1,
  transferMs: 0.5,
};

/** Cells with these ratios to serial, each known within 1 %. */
function cellsWith(ratios: Ratios, rest: Partial<ComparedMode> = {}): ComparedMode[] {
  return corners(2, 8).map((cell) => compared(cell, ratios[cell.mode], rest));
}

function adviceFor(ratios: Ratios, rest: Partial<AdviceInput> = {}) {
  const ratioOf = (baseline: Cell, cell: Cell) => {
    const ratio = ratios[cell.mode] / ratios[baseline.mode];
    return { ratio, interval: { kind: "interval", low: ratio * 0.99, high: ratio * 1.01, level: 0.95 } as const };
  };
  return advise({ cells: cellsWith(ratios), ratioOf, phases, ...rest });
}

function useFor(ratios: Ratios, rest: Partial<AdviceInput> = {}) {
  const advice = adviceFor(ratios, rest);
  assert(advice.kind === "use");
  return advice;
}

Deno.test("advise: the fastest cell, if it is shown to be the fastest", () => {
  const { mode, threads, tasks, reason, changes } = useFor({ serial: 1, tasks: 1.1, threads: 1.9, both: 1.5 });
  assertEquals([mode, threads, tasks], ["threads", 2, 1]);
  const interval = [1.9 * 0.99, 1.9 * 1.01] as const;
  assertEquals(reason, { work: { kind: "computing", share: 0.9 }, ratio: 1.9, interval, wider: null });
  // it starts 30 ms later, and saves 4.74 ms of 10 for each item
  assertEquals(changes, [{ kind: "start-up", items: 7, longerMs: 30 }]);
});

Deno.test("advise: fewer threads and tasks, if the fastest cell is not shown to beat them", () => {
  const { mode, reason } = useFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 });
  assertEquals([mode, reason.wider?.cell], ["tasks", { mode: "both", threads: 2, tasks: 4 }]);
  assertAlmostEquals(reason.wider?.interval?.[1] ?? NaN, 8.1 / 8 * 1.01);
});

Deno.test("advise: of cells that are equally fast, the one with the fewest threads, then tasks, in whatever order they come", () => {
  const widths = [[1, 4], [1, 16], [2, 1], [2, 8], [4, 1]] as const;
  const cells = widths.map(([threads, tasks]) => compared({ mode: "both", threads, tasks }, 4));
  const [serial] = cellsWith({ serial: 1, tasks: 1, threads: 1, both: 1 });
  const ratioOf = ({ mode }: Cell) => {
    const ratio = mode === "serial" ? 4 : 1;
    return { ratio, interval: { kind: "interval", low: ratio * 0.99, high: ratio * 1.01, level: 0.95 } as const };
  };
  for (const [place, simplest] of widths.entries()) {
    const left = cells.slice(place);
    for (const others of [left, left.toReversed()]) {
      const advice = advise({ cells: [serial, ...others], ratioOf, phases });
      assertEquals<unknown>([advice.threads, advice.tasks], simplest);
      assertEquals(advice.kind === "use" && advice.reason.wider, null); // none is faster
    }
  }
});

Deno.test("advise: serial, if nothing is shown to be faster", () => {
  const { mode, reason } = useFor({ serial: 1, tasks: 0.99, threads: 1.01, both: 0.9 });
  assertEquals([mode, reason.ratio, reason.interval, reason.wider?.cell.mode], ["serial", null, null, "threads"]);
});

Deno.test("advise: nothing if the measurement is in doubt; that nothing differs is no doubt", () => {
  const ratios = { serial: 1, tasks: 1, threads: 2, both: 2 };
  const doubtful = (kind: "control-failed" | "no-difference") =>
    cellsWith(ratios).map((cell) => cell.mode === "tasks" ? { ...cell, reason: { kind } } : cell);
  assertEquals(adviceFor(ratios, { cells: doubtful("control-failed") }), {
    kind: "none",
    mode: null,
    threads: null,
    tasks: null,
    reason: { kind: "control-failed" },
    changes: [],
  });
  assertEquals(adviceFor(ratios, { cells: doubtful("no-difference") }).mode, "threads");
});

Deno.test("advise: the reason says what an item spends its time on", () => {
  const workFor = (rest: Partial<Phases>) =>
    useFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 }, { phases: { ...phases, ...rest } }).reason.work;
  assertEquals(workFor({ computingMs: 0.2, waitingMs: 9.3 }), { kind: "waiting", share: 0.93 });
  assertEquals(workFor({ computingMs: 4, waitingMs: 6 }), { kind: "mixed", computing: 4 / 10.5, waiting: 6 / 10.5 });
  assertEquals(workFor({ computingMs: 0.1, blockingMs: 9.4 })?.kind, "blocking");
  assertEquals(workFor({ transferMs: 20 }), { kind: "sending" });
  assertEquals(workFor({ computingMs: 0, waitingMs: 1e-4, transferMs: 4e-4 }), { kind: "tiny", itemMs: 5e-4 });
  assertEquals(workFor({ computingMs: null, blockingMs: null, waitingMs: null }), null);
});

Deno.test("advise: an item is of one kind only beyond the kind's limit, and of none if a part of its time is unknown", () => {
  const workOf = (rest: Partial<Phases>) => {
    const none = { computingMs: 0, blockingMs: 0, waitingMs: 0, transferMs: 0 };
    return useFor({ serial: 1, tasks: 8, threads: 2, both: 8.1 }, { phases: { ...phases, ...none, ...rest } }).reason
      .work;
  };
  assertEquals(workOf({ computingMs: 0.002 })?.kind, "computing"); // no longer tiny
  assertEquals(workOf({ computingMs: 3, transferMs: 3 }), { kind: "computing", share: 0.5 });
  assertEquals(workOf({ computingMs: 1, blockingMs: 2, waitingMs: 1 })?.kind, "mixed");
  assertEquals(workOf({ computingMs: 9, waitingMs: 1 }), { kind: "mixed", computing: 0.9, waiting: 0.1 });
  assertEquals(workOf({ computingMs: 1, waitingMs: 9 }), { kind: "mixed", computing: 0.1, waiting: 0.9 });
  for (const part of ["computingMs", "blockingMs", "waitingMs"] as const) {
    assertEquals(workOf({ computingMs: 1, blockingMs: 1, waitingMs: 1, [part]: null }), null);
  }
});

Deno.test("advise: what would change it", () => {
  const ratios = { serial: 1, tasks: 8, threads: 2, both: 8.1 };
  const changesFor = (rest: Partial<AdviceInput>) => useFor(ratios, rest).changes;
  assertEquals(changesFor({}), []);
  assertEquals(changesFor({ phases: { ...phases, transferMs: 9.5 } }), [{ kind: "sending", share: 0.5 }]);
  const tiny = { ...phases, computingMs: 1e-4, waitingMs: 0, transferMs: 4e-4 };
  assertEquals(changesFor({ phases: tiny }), [{ kind: "own-cost", share: 0.8 }]);
  assertEquals(changesFor({ cells: cellsWith(ratios, { lagP99Ms: 80 }) }), [{ kind: "lag", lagP99Ms: 80 }]);
});

Deno.test("advise: with one item all modes are equally wide, and none uses more", () => {
  const ratios = { serial: 1, tasks: 1.01, threads: 1, both: 1 };
  const cells = cellsWith(ratios).map((one) => ({ ...one, threads: 1, tasks: 1 }));
  assertEquals(useFor(ratios, { cells }).reason.wider, null);
});
