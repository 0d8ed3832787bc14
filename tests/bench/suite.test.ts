import { assert, assertEquals, assertRejects } from "@std/assert";
import { controlOf, entrantsOf } from "../../lib/bench/entrant.ts";
import { corners } from "../../lib/bench/corners.ts";
import { sameItems } from "../../lib/bench/run_items.ts";
import { measureSuite, type SuiteOptions } from "../../lib/bench/suite.ts";
import { ItemFailed } from "../../lib/errors.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import { type FakeJob, fakeMachine } from "./fake_machine.ts";
import { idle } from "../virtual_clock.ts";
import { workOn } from "./fake_work.ts";

const bytes = Array.from({ length: 8 }, (_, i) => new TextEncoder().encode(String(i)));

interface Given extends Partial<Omit<SuiteOptions, "clock" | "box" | "stop">> {
  readonly job?: FakeJob;
  /** No deadline by default. */
  readonly deadline?: number;
  /** Ends the time. */
  readonly over?: AbortController;
  readonly stop?: AbortController;
  /** Called when a slot starts. */
  readonly onStart?: () => void;
}

/** Measures four modes and the control in three rounds. Each of a round's 5 runs has 8 items, and 2 to warm up. */
function measure(given: Given = {}) {
  const { job = { computingMs: 5 }, deadline = Infinity, onStart, ...rest } = given;
  const { over = new AbortController(), stop = new AbortController() } = given;
  const machine = fakeMachine(job, { noise: 0 });
  const host: Host = (generation, onMessage) => {
    onStart?.();
    return machine.host(generation, onMessage);
  };
  const signal = AbortSignal.any([over.signal, stop.signal]);
  const entrants = entrantsOf("job.js", corners(2, 2), {
    work: { ...workOn(machine, signal), host },
    itemsFor: sameItems(bytes, [...bytes.keys()], 1, () => 2),
  });
  return measureSuite([...entrants, controlOf(entrants[0])], {
    rounds: 3,
    warmupRounds: 0,
    seed: 1,
    ...rest,
    clock: machine.clock,
    box: { deadline, signal },
    stop: stop.signal,
  });
}

async function summaryOf(given: Given) {
  const { rounds, runs, ended } = await measure(given);
  return [rounds, runs.map(({ round }) => round).join(""), ended];
}

const threeRounds = "111112222233333";

Deno.test("measureSuite: no round begins that would probably pass the deadline, but the first that counts is tried", async () => {
  const planned = async (warmupRounds: number, deadline: number) => {
    const { rounds, runs, ended } = await measure({ warmupRounds, deadline });
    return [rounds, runs.length, ended];
  };
  assertEquals(await planned(0, Infinity), [3, 15, null]);
  assertEquals(await planned(0, 1), [1, 5, "time"]);
  assertEquals(await planned(2, 1), [1, 15, "time"]); // with what the warm-up took, one more would not fit
});

Deno.test("measureSuite: the next round is taken to last as long as the longest so far", async () => {
  let items = 0;
  const job = { computingMs: () => ++items <= 50 ? 50 : 5 }; // the first round lasts 2.1 s, the second 0.3 s
  assertEquals(await summaryOf({ job, deadline: 4_300 }), [2, "1111122222", "time"]);
  items = 0;
  assertEquals(await summaryOf({ job, deadline: 4_700 }), [3, threeRounds, null]);
});

Deno.test("measureSuite: each round has every entrant once, in an order that the seed decides", async () => {
  const orderOf = async (seed: number) => (await measure({ seed })).runs.map(({ entrant }) => entrant);
  const order = await orderOf(1);
  const inRound = (round: number) => order.slice(5 * (round - 1), 5 * round);
  assertEquals(inRound(1).toSorted(), inRound(2).toSorted());
  assertEquals(new Set(inRound(1)).size, 5);
  assert(inRound(1).join() !== inRound(2).join());
  assertEquals(await orderOf(1), order);
  assert((await orderOf(2)).join() !== order.join());
});

Deno.test("measureSuite: who listens is told of each run, before the first slot starts and never while one is there", async () => {
  const seen: number[] = [];
  let listening = false;
  const onRun = async (runs: number) => {
    seen.push(runs);
    listening = true;
    await idle();
    listening = false;
  };
  let starts = 0;
  const onStart = () => {
    starts++;
    assertEquals([listening, seen.length > 0], [false, true]);
  };
  await measure({ rounds: 1, warmupRounds: 1, onRun, onStart });
  assertEquals([seen, starts], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2 * (3 * 1 + 2 * 2)]);
});

Deno.test("measureSuite: cut off, it has the rounds before; why it ended is who cut it off", async () => {
  const cut = (which: "over" | "stop", after: number, rest: Given = {}) => {
    const one = new AbortController();
    return summaryOf({ ...rest, [which]: one, onRun: (runs) => runs === after ? one.abort() : undefined });
  };
  assertEquals(await cut("stop", 12), [2, "1111122222", "stopped"]);
  assertEquals(await cut("over", 12), [2, "1111122222", "time"]);
  assertEquals(await cut("stop", 3), [0, "", "stopped"]);
  assertEquals(await cut("stop", 8, { warmupRounds: 1 }), [0, "", "stopped"]); // the warm-up alone shows nothing
  assertEquals(await cut("stop", 12, { warmupRounds: 1 }), [1, "0000011111", "stopped"]);
});

Deno.test("measureSuite: an item that fails is an error, but for one that heeds the end", async () => {
  let items = 0;
  const over = new AbortController();
  const job = {
    computingMs: () => (++items === 71 && over.abort(), 5), // of the eighth run
    failure: () => over.signal.aborted ? "aborted" : undefined,
  };
  assertEquals(await summaryOf({ job, over }), [1, "11111", "time"]);
  const failing = { computingMs: 5, failure: (place: number) => place === 7 ? "bad" : undefined };
  await assertRejects(() => measure({ job: failing }), ItemFailed);
});

Deno.test("measureSuite: it ends with the round that settles everything, and asks after each but the last", async () => {
  const asked: number[] = [];
  const settledBy = (runs: number) => summaryOf({ isSettled: (all) => (asked.push(all.length), all.length >= runs) });
  assertEquals(await settledBy(10), [2, "1111122222", "settled"]);
  assertEquals(await settledBy(15), [3, threeRounds, null]);
  assertEquals(asked, [5, 10, 5, 10]);
});
