import { assertEquals } from "@std/assert";
import { nextTurn } from "../../lib/clock.ts";
import { Rounds } from "../../lib/streams/rounds.ts";

/** How many values a round has. */
const count = 1024;

/** A round that is full; all but `inside` of its values have come out. */
function full(inside: number): Rounds {
  const rounds = new Rounds();
  for (let i = 0; i < count; i++) {
    assertEquals(rounds.wait, undefined, `${i}`);
    rounds.enter();
  }
  for (let i = inside; i < count; i++) {
    rounds.ask();
    rounds.leave();
  }
  return rounds;
}

/** Whether the next round has begun. */
async function begins(rounds: Rounds, wait: Promise<void> | undefined): Promise<boolean> {
  let begun = false;
  wait?.then(() => begun = true);
  await nextTurn();
  assertEquals(begun, rounds.wait === undefined);
  return begun;
}

Deno.test("rounds: the next one begins when all values have come out and one more is asked for", async () => {
  const rounds = full(0);
  const { wait } = rounds;
  assertEquals(await begins(rounds, wait), false);
  rounds.ask();
  assertEquals(await begins(rounds, wait), true);
});

Deno.test("rounds: not while a value is inside, however many are asked for", async () => {
  const rounds = full(1);
  const { wait } = rounds;
  rounds.ask();
  rounds.ask();
  assertEquals(await begins(rounds, wait), false);
  rounds.leave();
  assertEquals(await begins(rounds, wait), true);
});

Deno.test("rounds: each has as many values as the first", async () => {
  const rounds = full(0);
  rounds.ask();
  for (let i = 0; i < count; i++) {
    assertEquals(rounds.wait, undefined, `${i}`);
    rounds.enter();
  }
  const { wait } = rounds;
  assertEquals(await begins(rounds, wait), false);
  rounds.leave();
  for (let i = 1; i < count; i++) {
    rounds.ask();
    rounds.leave();
  }
  rounds.ask();
  assertEquals(await begins(rounds, wait), true);
});

Deno.test("rounds: one that has room stays, though nothing is inside", () => {
  const rounds = new Rounds();
  rounds.ask();
  rounds.enter();
  rounds.leave();
  rounds.ask();
  for (let i = 1; i < count; i++) rounds.enter();
  assertEquals(rounds.wait instanceof Promise, true);
});
