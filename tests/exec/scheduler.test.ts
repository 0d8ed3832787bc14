import { assert, assertEquals } from "@std/assert";
import { initialState, type SlotId, type State, step } from "../../lib/exec/scheduler.ts";
import { seededRandom } from "../../lib/stats/random.ts";

type Step = typeof step;

/** Runs `count` items through fake slots that answer, and sometimes die, in a random order. Returns how often each item ended. */
function simulate(seed: number, decide: Step = step): number[] {
  const random = seededRandom(seed);
  const draw = (n: number) => Math.floor(random() * n);
  const slots = 1 + draw(4);
  const tasks = 1 + draw(3);
  const count = draw(40);
  const state: State = initialState(tasks, 3);
  const starting = new Set<SlotId>(Array.from({ length: slots }, (_, slot) => slot));
  const holding = new Map<SlotId, number[]>();
  const ends = Array<number>(count).fill(0);
  let admitted = 0;
  let deaths = 0;
  for (let turn = 0; ends.some((n) => n === 0) || admitted < count; turn++) {
    assert(turn < 2_000, `seed ${seed}: no progress`);
    const pick = draw(4);
    const busy = [...holding].filter(([, held]) => held.length > 0);
    let commands: ReturnType<Step> = [];
    if (pick === 0 && admitted < count) {
      commands = decide(state, { kind: "input", index: admitted++ });
    } else if (pick === 1 && starting.size > 0) {
      const [slot] = starting;
      starting.delete(slot);
      holding.set(slot, []);
      commands = decide(state, { kind: "ready", slot });
    } else if (pick === 2 && busy.length > 0) {
      const [slot, held] = busy[draw(busy.length)];
      const indices = held.splice(draw(held.length), 1);
      indices.forEach((index) => ends[index]++);
      commands = decide(state, { kind: "ended", slot, indices });
    } else if (pick === 3 && deaths < 3 && holding.size > 0 && random() < 0.1) {
      deaths++;
      const [slot] = [...holding.keys()];
      holding.delete(slot);
      commands = decide(state, { kind: "died", slot });
    }
    for (const command of commands) {
      if (command.kind === "send") {
        const held = holding.get(command.slot);
        assert(held, `seed ${seed}: sent to a slot that is not up`);
        held.push(...command.indices);
        assert(held.length <= 2 * tasks, `seed ${seed}: credit exceeded`);
      } else if (command.kind === "lost") command.indices.forEach((index) => ends[index]++);
      else if (command.kind === "start") starting.add(command.slot);
      else throw new Error(`seed ${seed}: gave up within the budget`);
    }
  }
  return ends;
}

Deno.test("scheduler: every item ends exactly once, whatever the slots do (2,000 seeds)", () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const ends = simulate(seed);
    assertEquals(ends, ends.map(() => 1), `seed ${seed}`);
  }
});

Deno.test("scheduler: the simulation catches a scheduler that forgets items of dead slots", () => {
  const forgetful: Step = (state, event) => step(state, event).filter(({ kind }) => kind !== "lost");
  assert(caught(forgetful));
});

Deno.test("scheduler: the simulation catches a scheduler that sends twice", () => {
  const twice: Step = (state, event) =>
    step(state, event).flatMap((command) => Array(command.kind === "send" ? 2 : 1).fill(command));
  assert(caught(twice));
});

Deno.test("scheduler: gives up when the budget of restarts is spent", () => {
  const state = initialState(1, 1);
  step(state, { kind: "ready", slot: 0 });
  assertEquals(step(state, { kind: "died", slot: 0 }), [{ kind: "start", slot: 0 }]);
  step(state, { kind: "ready", slot: 0 });
  step(state, { kind: "input", index: 0 });
  assertEquals(step(state, { kind: "died", slot: 0 }), [{ kind: "lost", indices: [0] }, { kind: "giveUp" }]);
});

function caught(decide: Step): boolean {
  for (let seed = 0; seed < 200; seed++) {
    try {
      if (simulate(seed, decide).some((n) => n !== 1)) return true;
    } catch {
      return true;
    }
  }
  return false;
}
