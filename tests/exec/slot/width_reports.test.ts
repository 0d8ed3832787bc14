import { assertEquals } from "@std/assert";
import { WidthReports } from "../../../lib/exec/slot/width_reports.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";

/** The reports of a slot that runs items for as long as the test says, with a clock and timers that it moves on. */
function reporting(reportMs: number) {
  const control = new Int32Array(controlWord.length);
  control[controlWord.reportMs] = reportMs;
  const slot = { now: 0, runs: true, reportedAt: 0, wants: false };
  const timers: { readonly at: number; readonly act: () => void }[] = [];
  const after = (ms: number, act: () => void) => void timers.push({ at: slot.now + ms, act });
  const width = new WidthReports({ control, now: () => slot.now, after });
  const reports: number[] = [];
  width.attach({
    reportedAt: () => slot.reportedAt,
    isRunning: () => slot.runs,
    wantsPlace: () => slot.wants,
    report: () => void reports.push(slot.reportedAt = slot.now),
  });
  /** The next timer ends. */
  const next = () => {
    const { at, act } = timers.shift()!;
    slot.now = at;
    act();
  };
  return { width, control, slot, timers, reports, next };
}

Deno.test("width reports: one timer, whoever asks, a millisecond before the time, until no item runs", () => {
  const { width, slot, timers, reports, next } = reporting(10);
  width.keepReporting();
  width.keepReporting();
  assertEquals(timers.length, 1);
  next();
  next();
  assertEquals([reports, timers.length], [[9, 18], 1]);
  slot.runs = false;
  next();
  assertEquals([reports, timers], [[9, 18], []]);
  slot.runs = true;
  width.keepReporting();
  next();
  assertEquals(reports, [9, 18, 36]);
});

Deno.test("width reports: none while results have left less than that long ago, and never more often than each millisecond", () => {
  const { width, slot, reports, next } = reporting(10);
  width.keepReporting();
  slot.reportedAt = 1;
  next();
  assertEquals(reports, []);
  next();
  assertEquals(reports, [18]);
  const quick = reporting(0);
  quick.width.keepReporting();
  quick.next();
  assertEquals(quick.reports, [1]);
});

Deno.test("width reports: failures are told once, and whether items want places", () => {
  const { width, slot } = reporting(10);
  width.itemFailed();
  width.itemFailed();
  slot.wants = true;
  assertEquals([width.takeReport(), width.takeReport()], [{ failed: 2, full: true }, { failed: 0, full: true }]);
});

Deno.test("width reports: where slots yield, each failure costs a place until the width is told, but for the last one", () => {
  const { width, control } = reporting(10);
  control[controlWord.tasks] = 2;
  width.itemFailed();
  assertEquals(width.places, 2);
  control[controlWord.yields] = 1;
  const places = [1, 2].map(() => (width.itemFailed(), width.places));
  width.told();
  assertEquals([...places, width.places], [1, 1, 2]);
  control[controlWord.tasks] = 0;
  assertEquals(width.places, 0);
});

Deno.test("width reports: without a slot nothing is reported, and none wants places", () => {
  const control = new Int32Array(controlWord.length);
  const width = new WidthReports({
    control,
    now: () => 0,
    after: () => Promise.reject(new Error("asked for a timer")),
  });
  width.keepReporting();
  assertEquals(width.takeReport(), { failed: 0, full: false });
});
