import { assert, assertEquals } from "@std/assert";
import { chooseAmount, chooseTasks, warmupItems } from "../../lib/bench/amount.ts";
import { cells } from "../../lib/bench/experiment.ts";

const grid = cells(2, 8);
const wanted = { items: 200, rounds: 12, maxMs: 30_000, cells: grid, usableCores: 2 };
const waits = { startMs: 50, itemMs: 5, items: 10 };
const computes = { startMs: 50, itemMs: 2, computingMs: 2, items: 10 };

Deno.test("chooseAmount: all of it where it fits", () => {
  assertEquals(chooseAmount(wanted, computes), { items: 200, rounds: 12 });
});

Deno.test("chooseAmount: fewer items, in as many rounds as they fill", () => {
  const { items, rounds } = chooseAmount(wanted, { ...computes, itemMs: 20, computingMs: 20 });
  assertEquals(rounds, 12);
  assert(items >= 16 && items < 200, `${items}`);
  assert(12 * items * 4 * 20 <= 30_000, `${items}`); // serial twice, tasks, and half for threads and both
});

Deno.test("chooseAmount: fewer rounds before too few items; one item at least", () => {
  const slow = chooseAmount(wanted, { ...computes, itemMs: 50, computingMs: 50 });
  assert(slow.rounds < 12 && slow.rounds >= 6, `${slow.rounds}`);
  assert(slow.items >= 16, `${slow.items}`);
  assertEquals(chooseAmount(wanted, { ...computes, itemMs: 60_000, computingMs: 1 }), { items: 1, rounds: 6 });
  assertEquals(chooseAmount({ ...wanted, items: 3, rounds: 2 }, computes), { items: 3, rounds: 2 });
});

Deno.test("chooseTasks: enough that one computes while the others wait", () => {
  assertEquals(chooseTasks(computes, 1000, 2), 8);
  assertEquals(chooseTasks({ ...waits, computingMs: 0.2 }, 1000, 2), 128);
  assertEquals(chooseTasks({ ...waits, computingMs: 0 }, 1000, 2), 256);
  assertEquals(chooseTasks({ ...waits, computingMs: undefined }, 1000, 2), 32);
  assertEquals(chooseTasks({ ...waits, computingMs: 0.2 }, 3, 2), 3);
});

Deno.test("warmupItems: about 20 ms for each thread, and no more than there are", () => {
  const [serial, , threads] = grid;
  assertEquals(warmupItems(serial, computes, 200), 10);
  assertEquals(warmupItems(threads, computes, 200), 20);
  assertEquals(warmupItems(threads, computes, 15), 15);
  assertEquals(warmupItems(threads, { ...computes, itemMs: 1000 }, 200), 2);
  assertEquals(warmupItems(serial, { ...computes, itemMs: 1e-4 }, 1e6), 1000);
});
