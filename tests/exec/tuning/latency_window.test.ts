import { assert, assertEquals } from "@std/assert";
import { LatencyWindow } from "../../../lib/exec/tuning/latency_window.ts";
import { seededRandom } from "../../../lib/stats/random.ts";

/** A window with a target of 100 ms in which so many items took longer, and so many less. */
function windowOf(over: number, below: number): LatencyWindow {
  const window = new LatencyWindow(100, 0);
  for (let i = 0; i < below; i++) window.add(50, 0);
  for (let i = 0; i < over; i++) window.add(150, 0);
  return window;
}

const standing = (over: number, below: number, places = 8) => windowOf(over, below).standing(places);

Deno.test("latency window: 100 items of which none took longer are clear of the target", () => {
  assertEquals([standing(0, 99), standing(0, 100)], [undefined, "clear"]);
  assertEquals([standing(1, 99), standing(1, 198), standing(1, 199)], [undefined, undefined, "clear"]);
});

Deno.test("latency window: nothing is clear before a generation has ended that began in it", () => {
  assertEquals([standing(0, 299, 300), standing(0, 300, 300)], [undefined, "clear"]);
  const window = windowOf(0, 50);
  for (let i = 0; i < 200; i++) window.add(50, -1); // it began when the run was narrower
  assertEquals([window.standing(8), window.own], [undefined, 50]);
});

Deno.test("latency window: of 1,000 items, ten may take longer; six to ten are near", () => {
  assertEquals([standing(5, 995), standing(6, 994), standing(10, 990), standing(11, 989)], [
    "clear",
    "near",
    "near",
    "above",
  ]);
});

Deno.test("latency window: far more than chance would give are above at once", () => {
  assertEquals([standing(1, 0), standing(2, 0)], [undefined, "above"]);
  assertEquals([standing(2, 18), standing(3, 17)], [undefined, "above"]);
  assertEquals([standing(4, 96), standing(5, 95)], [undefined, "above"]);
});

Deno.test("latency window: items that began when the run was narrower count where they took too long", () => {
  const window = new LatencyWindow(100, 0);
  for (let i = 0; i < 3; i++) window.add(150, -50);
  assertEquals([window.standing(8), window.over], ["above", 3]);
});

Deno.test("latency window: chance alone seldom says above where half of the allowed share takes longer, and mostly where twice does", () => {
  const random = seededRandom(7);
  const aboveOf = (share: number) => {
    let above = 0;
    for (let run = 0; run < 400; run++) {
      const window = new LatencyWindow(100, 0);
      let found: ReturnType<typeof window.standing>;
      while (found === undefined) {
        window.add(random() < share ? 150 : 50, 0);
        found = window.standing(8);
      }
      if (found === "above") above++;
    }
    return above / 400;
  };
  const [half, twice, often] = [aboveOf(0.005), aboveOf(0.02), aboveOf(0.05)];
  assert(half < 0.08 && twice > 0.5 && often > 0.9, `${half} ${twice} ${often}`);
});

Deno.test("latency window: p99, and whether slots were mostly full", () => {
  assertEquals(Number.isNaN(windowOf(0, 0).p99Ms), true);
  assert(Math.abs(windowOf(1, 20).p99Ms / 150 - 1) < 0.011);
  const window = windowOf(0, 1);
  assertEquals(window.full, false);
  window.addReport(false);
  window.addReport(true);
  assertEquals(window.full, true);
  window.addReport(false);
  assertEquals(window.full, false);
});
