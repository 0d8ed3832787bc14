import { assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { backOffMs, Waits, waitThroughStops } from "../../../lib/exec/pool/waits.ts";
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
  await end(560_050);
  assertEquals(over, ["in time", "stopped"]);
  stopped.cancel();
  assertEquals(waits.map(({ cancelled }) => cancelled), [false, false, true]);
});

Deno.test("back-off: it doubles for each attempt, up to a minute", () => {
  const waits = [2, 3, 4, 11, 12, 40].map(backOffMs);
  assertEquals(waits, [100, 200, 400, 51_200, 60_000, 60_000]);
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
