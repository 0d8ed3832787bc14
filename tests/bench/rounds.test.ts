import { assertEquals } from "@std/assert";
import { measureRounds } from "../../lib/bench/rounds.ts";
import { systemClock } from "../../lib/clock.ts";

Deno.test("measureRounds: an abort in the middle of a run ends it, and is not an error", async () => {
  const waiting = { id: "waiting", about: "waits", job: "sleep", items: [4] } as const;
  const stop = new AbortController();
  const samples = measureRounds({
    experiments: [waiting],
    cells: [{ mode: "serial", threads: 1, tasks: 1 }],
    control: { ...waiting, id: "control" },
    rounds: 3,
    seed: 1,
    clock: systemClock,
    signal: stop.signal,
  });
  assertEquals((await samples.next()).value?.round, 1);
  const next = samples.next();
  stop.abort();
  assertEquals(await next, { done: true, value: undefined });
});
