import { assertEquals } from "@std/assert";
import fc from "fast-check";
import * as blocks from "../../../lib/exec/wire/block.ts";
import type { BlockUse, Generation, Line, Place } from "../../../lib/exec/wire/numbers.ts";
import { n } from "../numbers.ts";

/** An item as plain fields: what a block must answer for it. */
interface Item {
  frame: { use: BlockUse; start: number; end: number; line: number };
  state: { phase: "assigned" | "started" | "finished"; generation: Generation; cancelled: boolean } | undefined;
  startedAt: number;
  waits: boolean;
}

const items = 3;
const firstLine = 1_000 as Line;
const uses = [1, 2, 2 ** 32 + 7].map((use) => n<BlockUse>(use));
const generations = [1, 2, blocks.generationLimit - 1].map((generation) => n<Generation>(generation));

const place = fc.nat(items - 1).map((value) => n<Place>(value));
/** Mostly those that the item has: others only have to be refused. */
const own = { weight: 6, arbitrary: fc.constant(undefined) };
const use = fc.oneof(own, { weight: 1, arbitrary: fc.constantFrom(...uses) });
const generation = fc.oneof(own, { weight: 1, arbitrary: fc.constantFrom(...generations) });
const useOf = ({ frame }: Item, use: BlockUse | undefined) => use ?? frame.use;
const generationOf = ({ state }: Item, generation: Generation | undefined) =>
  generation ?? state?.generation ?? generations[0];
const byte = fc.nat(2 ** 31 - 1);

type Step = (block: blocks.Block, model: Item[]) => void;

/** Whether the item's slot may still act on it. */
function isAt({ state, frame }: Item, phase: string, generation: Generation, use = frame.use): boolean {
  return state?.phase === phase && state.generation === generation && frame.use === use;
}

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ place, use: fc.constantFrom(...uses), start: byte, end: byte, line: byte }).map((
    { place, ...frame },
  ): Step =>
  (block, model) => {
    blocks.writeFrame(block, place, frame.use, frame.start, frame.end, n(frame.line));
    model[place].frame = frame;
  }),
  fc.record({ place, use: fc.constantFrom(...uses), line: byte }).map(
    ({ place, use, line }): Step => (block, model) => {
      blocks.writeTooLong(block, place, use, n(line));
      model[place].frame = { use, start: -1, end: -1, line };
    },
  ),
  fc.record({ place, generation: fc.constantFrom(...generations) }).map(
    ({ place, generation }): Step => (block, model) => {
      blocks.assignItem(block, place, generation);
      model[place] = {
        ...model[place],
        state: { phase: "assigned", generation, cancelled: false },
        startedAt: 0,
        waits: false,
      };
    },
  ),
  fc.record({ place, generation }).map(({ place, generation: given }): Step => (block, model) => {
    const generation = generationOf(model[place], given);
    const isTaken = isAt(model[place], "assigned", generation);
    assertEquals(blocks.reclaimItem(block, place, generation), isTaken);
    if (isTaken) model[place].state = undefined;
  }),
  fc.record({ place, use, generation, now: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }).map((
    { place, now, ...given },
  ): Step =>
  (block, model) => {
    const [use, generation] = [useOf(model[place], given.use), generationOf(model[place], given.generation)];
    const isStarted = isAt(model[place], "assigned", generation, use);
    assertEquals(blocks.startItem(block, place, use, generation, now), isStarted);
    if (!isStarted) return;
    model[place].state = { phase: "started", generation, cancelled: false };
    model[place].startedAt = now;
  }),
  fc.record({ place, generation }).map(({ place, generation: given }): Step => (block, model) => {
    const generation = generationOf(model[place], given);
    blocks.finishItem(block, place, generation);
    const { state } = model[place];
    if (state !== undefined && isAt(model[place], "started", generation)) state.phase = "finished";
  }),
  fc.record({ place, use, generation, waits: fc.boolean() }).map(
    ({ place, waits, ...given }): Step => (block, model) => {
      const [use, generation] = [useOf(model[place], given.use), generationOf(model[place], given.generation)];
      blocks.setWaiting(block, place, use, generation, waits);
      if (isAt(model[place], "started", generation, use)) model[place].waits = waits;
    },
  ),
  place.map((place): Step => (block, model) => {
    const { state } = model[place];
    if (state?.phase !== "started") return; // only a running item is cancelled
    blocks.cancelItem(block, place);
    state.cancelled = true;
  }),
);

/** All that a block can be asked. */
function answers(block: blocks.Block, place: Place): unknown {
  return {
    frame: [blocks.startOf(block, place), blocks.endOf(block, place), blocks.isTooLong(block, place)],
    lines: [blocks.lineOf(block, place, firstLine), blocks.lineOffsetOf(block, place)],
    assigned: uses.map((use) => generations.map((generation) => blocks.isAssigned(block, place, use, generation))),
    running: uses.map((use) => generations.map((generation) => blocks.isRunning(block, place, use, generation))),
    startedAt: generations.map((generation) => blocks.startedAt(block, place, generation)),
    flags: [blocks.isWaiting(block, place), blocks.isCancelled(block, place)],
  };
}

function expected(item: Item): unknown {
  const { frame: { start, end, line }, state, startedAt, waits } = item;
  return {
    frame: [start, end, start === -1],
    lines: [firstLine + line, line],
    assigned: uses.map((use) => generations.map((generation) => isAt(item, "assigned", generation, use))),
    running: uses.map((use) => generations.map((generation) => isAt(item, "started", generation, use))),
    startedAt: generations.map((generation) => isAt(item, "started", generation) ? startedAt : undefined),
    flags: [waits, state?.cancelled ?? false],
  };
}

Deno.test("block: items side by side keep their frames, states, times and flags, whatever is done to the others", () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 40, maxLength: 60 }), (steps) => {
      const block = blocks.viewBlock(new SharedArrayBuffer(blocks.blockLength(items, 10)), items);
      const model = Array.from({ length: items }, (): Item => ({
        frame: { use: uses[0], start: 0, end: 0, line: 0 },
        state: undefined,
        startedAt: 0,
        waits: false,
      }));
      for (let place = 0; place < items; place++) blocks.writeFrame(block, n(place), uses[0], 0, 0, n(0));
      for (const step of steps) {
        step(block, model);
        assertEquals(model.map((_, place) => answers(block, n(place))), model.map(expected));
      }
      assertEquals([...block.bytes], Array(10).fill(0), "the items' bytes");
    }),
    { numRuns: 300 },
  );
});

Deno.test("block: an item's start and its use of the table survive the largest generation", () => {
  const block = blocks.viewBlock(new SharedArrayBuffer(blocks.blockLength(1, 0)), 1);
  const [largest, place, use] = [n<Generation>(blocks.generationLimit - 1), n<Place>(0), n<BlockUse>(1)];
  blocks.writeFrame(block, place, use, 0, 0, n(0));
  blocks.assignItem(block, place, largest);
  assertEquals([blocks.isAssigned(block, place, use, largest), blocks.startItem(block, place, use, largest, 5)], [
    true,
    true,
  ]);
  assertEquals([blocks.startedAt(block, place, largest), blocks.startedAt(block, place, n(0))], [5, undefined]);
});

Deno.test("block: no generation is taken for another one, the largest neither", () => {
  const block = blocks.viewBlock(new SharedArrayBuffer(blocks.blockLength(1, 0)), 1);
  const place = n<Place>(0);
  for (const other of [blocks.generationLimit / 2 - 1, blocks.generationLimit - 2, 0]) {
    blocks.assignItem(block, place, n(blocks.generationLimit - 1));
    assertEquals(blocks.reclaimItem(block, place, n(other)), false, `${other}`);
    assertEquals(blocks.reclaimItem(block, place, n(blocks.generationLimit - 1)), true);
  }
});

Deno.test("block: it has room for the items' table and just as many bytes as were asked for", () => {
  for (const [items, bytes] of [[1, 0], [4, 100], [1_000, 64_000]]) {
    const memory = new SharedArrayBuffer(blocks.blockLength(items, bytes));
    const block = blocks.viewBlock(memory, items);
    assertEquals(block.bytes.length, bytes);
    block.bytes.fill(0xff);
    assertEquals(block.words.some((word) => word !== 0), false, "the table");
    for (let place = 0; place < items; place++) blocks.writeTooLong(block, n(place), n(1), n(0));
    assertEquals(block.bytes.every((byte) => byte === 0xff), true, "the bytes");
    assertEquals([blocks.isTooLong(block, n(0)), blocks.isTooLong(block, n(items - 1))], [true, true]);
  }
});
