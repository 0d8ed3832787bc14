import { assert, assertEquals } from "@std/assert";
import { clockSince, epochOf, originWithin, startTime, systemClock } from "../lib/clock.ts";

const root = new URL("../", import.meta.url);

async function outputOf(script: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", script], cwd: root, stdout: "piped" });
  const { success, stdout } = await child.output();
  assert(success);
  return new TextDecoder().decode(stdout);
}

Deno.test("clock: the process stays alive until a wait is over", async () => {
  const script =
    'import { systemClock } from "./lib/clock.ts"; systemClock.wait(1).done.then(() => console.log("over"));';
  assertEquals(await outputOf(script), "over\n");
});

Deno.test("clock: the process does not wait for a cancelled wait, which is never over", async () => {
  const script = `import { systemClock } from "./lib/clock.ts";
    for (const ms of [1, 600_000]) {
      const wait = systemClock.wait(ms);
      wait.done.then(() => console.log("over"));
      wait.cancel();
    }
    await systemClock.wait(20).done;
    console.log("end");`;
  assertEquals(await outputOf(script), "end\n");
});

Deno.test("clock: a wait of no time, or less, is over soon", async () => {
  await systemClock.wait(0).done;
  await systemClock.wait(-1).done;
});

Deno.test("clock: a wait that is too long for a timer is not over at once", async () => {
  for (const ms of [2 ** 31, Number.MAX_SAFE_INTEGER, Infinity]) {
    const long = systemClock.wait(ms);
    const first = await Promise.race([long.done.then(() => ms), systemClock.wait(20).done.then(() => "20 ms")]);
    long.cancel();
    assertEquals(first, "20 ms");
  }
});

Deno.test("clock: an epoch gives the same clock again, whenever that clock began", () => {
  for (const start of [0, 1e6, 1e12]) {
    const clock = { ...systemClock, now: () => systemClock.now() - start };
    const now = clockSince(epochOf(clock), { from: startTime() - 60_000, to: startTime() });
    const before = clock.now();
    const between = now();
    assert(before - 0.01 <= between && between <= clock.now() + 0.01, `${before} ${between}`);
  }
});

Deno.test("clock: a thread's origin lies within its start, also when the wall clock was set in the meantime", () => {
  const started = { from: 5_000, to: 5_040 };
  assertEquals([5_000, 5_017, 5_040].map((origin) => originWithin(started, origin)), [5_000, 5_017, 5_040]);
  assertEquals([4_999, 5_041, 5_000 + 3.6e6, 5_000 - 3.6e6].map((origin) => originWithin(started, origin)), [
    5_040,
    5_040,
    5_040,
    5_040,
  ]);
});
