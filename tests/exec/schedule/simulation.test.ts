import { assertEquals } from "@std/assert";
import { type Event, scheduler, type State } from "../../../lib/exec/schedule/scheduler.ts";
import { simulate } from "./simulation.ts";

const worlds = 8_000;

Deno.test(`simulation: every promise is kept in ${worlds} worlds`, async () => {
  for (let seed = 0; seed < worlds; seed++) {
    const broken = await simulate(seed);
    if (broken === undefined) continue;
    const trace: string[] = [];
    await simulate(seed, undefined, trace);
    throw new Error(`seed ${seed}: ${broken}\n${trace.slice(0, 1).concat(trace.slice(-30)).join("\n")}`);
  }
});

Deno.test("simulation: a seed always makes the same world", async () => {
  for (let seed = 0; seed < 50; seed++) {
    const traces: string[][] = [[], []];
    for (const trace of traces) await simulate(seed, undefined, trace);
    assertEquals(traces[0], traces[1]);
  }
});

Deno.test("simulation: every kind of event and command occurs", async () => {
  const seen = new Set<string>();
  const watched = (state: State, event: Event) => {
    const commands = [...scheduler.step(state, event)];
    for (const { kind } of [event, ...commands]) seen.add(kind);
    return commands;
  };
  for (let seed = 0; seed < 300; seed++) await simulate(seed, { step: watched });
  const events = [
    "crashed",
    "died",
    "ended",
    "expired",
    "freed",
    "input",
    "overdue",
    "paused",
    "ready",
    "reclaimed",
    "release",
    "retryDue",
    "yielded",
  ];
  const commands = ["cancel", "deliver", "fail", "giveUp", "hold", "kill", "reclaim", "backOff", "send", "start"];
  assertEquals([...seen].sort(), [...events, "stopped", "taken", "tuned", ...commands].sort());
});
