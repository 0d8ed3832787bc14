import { assertAlmostEquals, assertEquals } from "@std/assert";
import { measureOwnCost, timerResolution } from "../../lib/bench/own_cost.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import { controlWord } from "../../lib/exec/wire/protocol.ts";
import { fakeMachine } from "./fake_machine.ts";
import { workOn } from "./fake_work.ts";

/** What an item that does nothing costs on the fake machine, in microseconds. */
const noopUs = 0.5;

Deno.test("measureOwnCost: microseconds of an item that does nothing, in one thread and in several", async () => {
  const machine = fakeMachine({ computingMs: 1e6 }); // the user's job does not run
  const loaded: unknown[] = [];
  const host: Host = (generation, onMessage) => {
    const slot = machine.host(generation, onMessage);
    return {
      ...slot,
      post(message) {
        if (message.kind === "load") loaded.push([message.job, message.probes, message.control[controlWord.tasks]]);
        slot.post(message);
      },
    };
  };
  const { timerResolutionUs, overheadUs, threadsOverheadUs } = await measureOwnCost(
    { ...workOn(machine), host, input: "text" },
    2,
    4_000,
  );
  assertAlmostEquals(overheadUs, noopUs, 1e-6);
  assertAlmostEquals(threadsOverheadUs, noopUs / 2, 0.05);
  assertEquals(timerResolutionUs, 0); // its time stands still between two readings
  assertEquals(machine.meter.rssBytes(), 100e6); // no thread is left
  assertEquals(loaded, Array(3).fill([{ kind: "builtin", name: "noop" }, "all", 1]));
});

Deno.test("measureOwnCost: the first run of a pool does not count, and the median of the others does", async () => {
  const machine = fakeMachine({ computingMs: 1 });
  const delays = [1e6, 0, 0, 0, 1e5, 1e5]; // in milliseconds, by run
  let [run, offset] = [-1, 0];
  const clock = { ...machine.clock, now: () => machine.clock.now() + offset };
  const host: Host = (generation, onMessage) => {
    const slot = machine.host(generation, onMessage);
    run = -1;
    return {
      ...slot,
      send(part, sentAt) {
        if (part.range.first === 0) offset += delays[++run] ?? NaN;
        slot.send(part, sentAt);
      },
    };
  };
  const { overheadUs } = await measureOwnCost({ ...workOn(machine), clock, host }, 1, 100);
  assertAlmostEquals(overheadUs, noopUs, 0.01);
  assertEquals(run, 5);
});

Deno.test("measureOwnCost: the timer's resolution is in microseconds", async () => {
  const machine = fakeMachine({ computingMs: 1 });
  let steps = 0;
  const clock = { ...machine.clock, now: () => machine.clock.now() + ++steps * 1e-4 };
  const { timerResolutionUs } = await measureOwnCost({ ...workOn(machine), clock }, 1, 10);
  assertAlmostEquals(timerResolutionUs, 0.1, 1e-6);
});

Deno.test("timerResolution: the clock's smallest step", () => {
  let calls = 0;
  assertEquals(timerResolution({ now: () => Math.floor(++calls / 10) * 0.25 }), 0.25);
  assertEquals(timerResolution({ now: () => 7 }), 0);
  const steps = [0, 0, 3, 4.5, 9];
  assertEquals(timerResolution({ now: () => steps.shift() ?? 9 }), 1.5);
});
