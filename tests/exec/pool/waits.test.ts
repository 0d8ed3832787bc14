import { assert, assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { backOffMs, Stops, Waits, waitThroughStops } from "../../../lib/exec/pool/waits.ts";
import { seededRandom } from "../../../lib/stats/random.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";

Deno.test("waitThroughStops: a wait that a stop held up begins anew, and cancelling ends that one", async () => {
  let now = 0;
  const waits: { readonly ms: number; readonly end: () => void; cancelled: boolean }[] = [];
  const clock = {
    now: () => now,
    wait(ms: number) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wait = { ms, end: resolve, cancelled: false };
      waits.push(wait);
      return { done: promise, cancel: () => void (wait.cancelled = true) };
    },
  };
  const over: string[] = [];
  const open = (name: string) => {
    const wait = waitThroughStops(clock, 60_000);
    void wait.done.then(() => over.push(name));
    return wait;
  };
  const end = async (at: number) => {
    now = at;
    waits.at(-1)?.end();
    await nextTurn();
  };
  open("in time");
  await end(60_000);
  assertEquals(over, ["in time"]);
  const stopped = open("stopped");
  await end(500_000);
  assertEquals([over.length, waits.length], [1, 3], "it begins anew");
  await end(560_100);
  assertEquals(over, ["in time", "stopped"]);
  stopped.cancel();
  assertEquals(waits.map(({ cancelled }) => cancelled), [false, false, true]);
});

Deno.test("back-off: its bound doubles for each attempt, up to a minute or what is given", () => {
  const longest = (maxMs?: number) => (attempt: number) => backOffMs({ attempt, afterMs: 0, maxMs, random: () => 1 });
  assertEquals([2, 3, 4, 11, 12, 40, 2_000].map(longest()), [100, 200, 400, 51_200, 60_000, 60_000, 60_000]);
  assertEquals([2, 3, 4, 40].map(longest(300)), [100, 200, 300, 300]);
});

Deno.test("back-off: any time up to that bound is as likely, but it is never next to none", () => {
  const random = seededRandom(7);
  const waits = Array.from({ length: 1_000 }, () => backOffMs({ attempt: 5, afterMs: 0, random })); // up to 800 ms
  assert(Math.min(...waits) >= 10 && Math.max(...waits) <= 800);
  for (let tenth = 0; tenth < 10; tenth++) {
    const count = waits.filter((ms) => ms >= 10 + 79 * tenth && ms < 10 + 79 * (tenth + 1)).length;
    assert(count > 60 && count < 140, `${count} of 1000 in one tenth`);
  }
  const shortest = (maxMs: number) => backOffMs({ attempt: 9, afterMs: 0, maxMs, random: () => 0 });
  assertEquals([60_000, 5, 1].map(shortest), [10, 5, 1]);
});

Deno.test("back-off: what an error asks for is the least, and those that were told the same still come apart", () => {
  const asked = (draw: number, maxMs?: number) => backOffMs({ attempt: 2, afterMs: 30_000, maxMs, random: () => draw });
  assertEquals([asked(0), asked(0.5), asked(1)], [30_010, 30_055, 30_100]);
  assertEquals(asked(1, 30_040), 30_040, "no pause is longer than the longest");
});

Deno.test("waits: each acts once, when its time has come, and none after they were cancelled", async () => {
  const clock = new Agenda();
  const waits = new Waits(clock);
  const acted: string[] = [];
  waits.after(20, () => acted.push("later"));
  waits.after(10, () => acted.push("soon"));
  await clock.next();
  assertEquals([clock.now(), acted], [10, ["soon"]]);
  waits.cancel();
  assertEquals([await clock.next(), acted], [false, ["soon"]]);
});

/** Stops by a clock that the test sets, and the lengths of the waits that they asked it for. */
function watched() {
  const time = { now: 0 };
  const waits: number[] = [];
  const wait = (ms: number) => (waits.push(ms), { done: Promise.resolve(), cancel: () => {} });
  return { stops: new Stops({ now: () => time.now, wait }), time, waits };
}

Deno.test("stops: a long wait has parts of 250 ms, so that a stop counts as no more than one of them", () => {
  const { stops, time, waits } = watched();
  assertEquals(stops.wait(600).leftMs, 350);
  time.now = 10_250;
  stops.waited(600);
  assertEquals([stops.now(), stops.wait(350).leftMs, stops.wait(100).leftMs, waits], [250, 100, 0, [250, 250, 100]]);
  time.now = 10_350;
  stops.waited(100);
  assertEquals(stops.now(), 350, "this one was in time");
});

Deno.test("stops: up to 100 ms late is no stop, neither in a wait nor between waits", () => {
  const { stops, time } = watched();
  time.now = 100;
  stops.wait(250);
  assertEquals(stops.now(), 100);
  time.now = 201;
  stops.wait(250);
  assertEquals(stops.now(), 100);
  time.now = 551;
  stops.waited(250);
  assertEquals(stops.now(), 450);
  time.now = 901;
  stops.waited(249);
  assertEquals(stops.now(), 699);
});

Deno.test("stops: an item has not run during those since its start, nor during the part since then of the one in which it started", () => {
  const { stops, time } = watched();
  for (const end of [1_000, 3_000]) {
    time.now = end - 400;
    stops.waited(time.now); // in time, or a stop of its own
    time.now = end;
    stops.wait(1);
  }
  assertEquals(stops.now(), 250 + 250);
  time.now = 3_500;
  const ran = () => [2_600, 2_700, 3_000, 3_200].map((since) => stops.ranMs(n(since)));
  const seen = [500, 500, 500, 300];
  assertEquals(ran(), seen);
  stops.forget([n(2_999), n(3_400)]);
  assertEquals(ran(), seen, "one of them may have seen it");
  stops.forget([n(3_000)]);
  assertEquals(ran(), [900, 800, 500, 300]);
});
