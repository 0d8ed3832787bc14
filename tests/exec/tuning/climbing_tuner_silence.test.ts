import { assertEquals } from "@std/assert";
import { ClimbingTuner } from "../../../lib/exec/tuning/climbing_tuner.ts";
import { computing, played } from "./played.ts";

const bounds = { threads: [1, 4], tasks: [1, 1] } as const;

/** What a tuner says at these times when it is asked whether slots have been silent for long. */
const ticked = (tuner: ClimbingTuner, times: readonly number[]) => times.map((now) => tuner.tick(now)?.threads);

Deno.test("climbing, silence: slots that say nothing for three times as long as they report in are computing", () => {
  const tuner = new ClimbingTuner(bounds);
  assertEquals(ticked(tuner, [1_000, 1_029, 1_030, 1_031, 1_059, 1_060]), [
    undefined,
    undefined,
    2,
    undefined,
    undefined,
    4,
  ]);
  assertEquals([tuner.listens, ...ticked(tuner, [1_200])], [false, undefined], "that is all");
});

Deno.test("climbing, silence: a reading breaks it", () => {
  const tuner = new ClimbingTuner(bounds);
  tuner.tick(1_000);
  tuner.observe({ items: 0, ms: 20, pendingMs: 0, threads: 1 }, 1_020);
  assertEquals(ticked(tuner, [1_030, 1_049, 1_050]), [undefined, undefined, 2]);
});

Deno.test("climbing, silence: settled slots report less often, and so are silent later", () => {
  const tuner = new ClimbingTuner(bounds);
  played(tuner, () => ({ items: 10, pendingMs: 10, cpuMs: 0, full: false }), 2_000); // the last one at 1990
  assertEquals([tuner.reportMs, ...ticked(tuner, [2_030, 2_139, 2_140])], [50, undefined, undefined, 2]);
});

Deno.test("climbing, silence: threads that brought nothing are not tried for it", () => {
  const tuner = new ClimbingTuner(bounds);
  played(tuner, computing(() => 10), 2_000);
  assertEquals([tuner.listens, ...ticked(tuner, [9_000])], [false, undefined]);
});

Deno.test("climbing, interrupted: it forgets what it was measuring, and keeps its width", () => {
  const tuner = new ClimbingTuner(bounds);
  const model = computing((threads) => 10 * threads);
  played(tuner, model, 1_050); // two threads are on trial since 1010
  tuner.interrupt(1_050);
  assertEquals(tuner.width, { threads: 2, tasks: 1 });
  assertEquals(played(tuner, model, 2_000, 1_060), ["1070: 4 x 1"]);
});

Deno.test("climbing, interrupted: while it doubles tasks, that begins a pause", () => {
  const tuner = new ClimbingTuner({ threads: [1, 1], tasks: [1, 512] });
  const model = () => ({ cpuMs: 0 });
  played(tuner, model, 1_060); // 64 of them since 1050
  tuner.interrupt(1_080);
  assertEquals(played(tuner, model, 1_140, 1_090), ["1130: 1 x 128"]);
});
