import { assertEquals } from "@std/assert";
import { controlOf, entrantsOf } from "../../lib/bench/entrant.ts";
import { corners } from "../../lib/bench/corners.ts";
import { sameItems } from "../../lib/bench/run_items.ts";
import { measureSuite } from "../../lib/bench/suite.ts";
import { fakeMachine } from "./fake_machine.ts";

const bytes = Array.from({ length: 8 }, (_, i) => new TextEncoder().encode(String(i)));

/** Measures three rounds of a job, after warm-up rounds, until a deadline that cuts nothing off by itself. */
function measure(warmupRounds: number, deadline: number) {
  const { clock, host, meter } = fakeMachine({ computingMs: 5 });
  const { signal } = new AbortController();
  const job = { kind: "module", url: "file:///job.js" } as const;
  const work = { job, name: "job.js", input: "json", host, clock, meter, signal } as const;
  const entrants = entrantsOf("job.js", corners(2, 2), {
    work,
    itemsFor: sameItems(bytes, [...bytes.keys()], 1, () => 2),
  });
  return measureSuite([...entrants, controlOf(entrants[0])], {
    rounds: 3,
    warmupRounds,
    seed: 1,
    clock,
    box: { deadline, signal },
    stop: signal,
  });
}

Deno.test("measureSuite: no round begins that would probably pass the deadline, but the first that counts is tried", async () => {
  const planned = async (warmupRounds: number, deadline: number) => {
    const { rounds, runs, ended } = await measure(warmupRounds, deadline);
    return [rounds, runs.length, ended];
  };
  assertEquals(await planned(0, Infinity), [3, 15, null]);
  assertEquals(await planned(0, 1), [1, 5, "time"]);
  assertEquals(await planned(2, 1), [1, 15, "time"]); // with what the warm-up took, one more would not fit
});
