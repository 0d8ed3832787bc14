import { assert, assertEquals } from "@std/assert";
import { pacedClock } from "../../../lib/claims/listing/paced_clock.ts";
import { type Clock, nextTurn } from "../../../lib/clock.ts";
import { virtualClock } from "../../virtual_clock.ts";

/** Waits for each of these times from now on, and notes what the clock shows then. */
async function ends(clock: Clock, times: readonly number[]): Promise<number[]> {
  const seen: number[] = [];
  await Promise.all(times.map((ms) => clock.wait(ms).done.then(() => seen.push(clock.now()))));
  return seen;
}

Deno.test("pacedClock: waits end in order, at their time, and so many times as fast", async () => {
  const real = virtualClock();
  assertEquals(await ends(pacedClock(real, 10), [300, 100, 200]), [100, 200, 300]);
  assert(Math.abs(real.now() - 30) < 1e-9, `${real.now()}`);
});

Deno.test("pacedClock: on a machine that stalls nothing is late, and what is asked for meanwhile has its place", async () => {
  let now = 0;
  const late: Clock = { ...virtualClock(), now: () => now += 1_000 };
  const clock = pacedClock(late, 10);
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name}@${clock.now()}`);
  await Promise.all([
    clock.wait(100).done.then(note("a")).then(() => clock.wait(50).done.then(note("b"))),
    clock.wait(200).done.then(note("c")),
  ]);
  assertEquals(seen, ["a@100", "b@150", "c@200"]);
});

Deno.test("pacedClock: an earlier wait ends a pause, and a cancelled one leaves none", async () => {
  const asked: number[] = [];
  let open = 0;
  const endless: Clock = {
    now: () => 0,
    wait(ms) {
      asked.push(ms);
      open++;
      return { done: new Promise(() => {}), cancel: () => void open-- };
    },
  };
  const clock = pacedClock(endless, 10);
  const long = clock.wait(1_000);
  await turns();
  const short = clock.wait(100);
  await turns();
  assertEquals([asked, open], [[100, 10], 1]);
  short.cancel();
  long.cancel();
  await turns();
  assertEquals(open, 0);
});

async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}
