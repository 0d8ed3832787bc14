import { compareExchange, Int32Array, load, or, store, Uint8Array } from "../../natives.ts";
import type { BlockUse, Generation, Line, LineOffset, Place, StartTime } from "./numbers.ts";

/**
 * A block of shared memory: the bytes of some consecutive items, and a table with a few words for each. Main writes bytes
 * and frames before it sends the items; afterwards only the word `state` changes, by atomic operations of both sides.
 */
export interface Block {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

/** The words of one item. */
const word = { state: 0, startedAt: 1, start: 2, end: 3, line: 4, use: 5, waits: 6, count: 7 } as const;

/**
 * `state` is 0, or a slot's generation and a phase: the item is assigned to that slot, has started there, has finished there.
 * Only the slot it is assigned to starts it, and only main takes it back; both by compareExchange, so one of them wins.
 */
const phase = { assigned: 1, started: 2, finished: 3, cancelled: 4 } as const;
const generationShift = 3;

/** Generations are below this. */
export const generationLimit = 2 ** (31 - generationShift);

/** The `startedAt` of an item that has only just started, so that nobody reads when the one before it did. */
const justNow = 0;

/** The `start` of an item that was too long to keep. */
const tooLong = -1;

/** Bytes of memory for that many items and bytes. */
export function blockLength(items: number, bytes: number): number {
  return items * word.count * 4 + bytes;
}

/** A block over its memory. */
export function viewBlock(buffer: SharedArrayBuffer, items: number): Block {
  return {
    words: new Int32Array(buffer, 0, items * word.count),
    bytes: new Uint8Array(buffer, items * word.count * 4),
  };
}

/**
 * In which use of the block an item stands at that place, where its bytes are, and its distance from the block's first line.
 * In one use, a place has one item.
 */
export function writeFrame(
  { words }: Block,
  place: Place,
  use: BlockUse,
  start: number,
  end: number,
  line: LineOffset,
): void {
  const at = place * word.count;
  words[at + word.use] = use;
  words[at + word.start] = start;
  words[at + word.end] = end;
  words[at + word.line] = line;
}

/** Notes an item whose bytes are not kept because they are too many. */
export function writeTooLong(block: Block, place: Place, use: BlockUse, line: LineOffset): void {
  writeFrame(block, place, use, tooLong, tooLong, line);
}

export function isTooLong({ words }: Block, place: Place): boolean {
  return words[place * word.count + word.start] === tooLong;
}

export function startOf({ words }: Block, place: Place): number {
  return words[place * word.count + word.start];
}

export function endOf({ words }: Block, place: Place): number {
  return words[place * word.count + word.end];
}

/** The item's line, of a block whose first item is in line `first`. */
export function lineOf({ words }: Block, place: Place, first: Line): Line {
  return first + words[place * word.count + word.line] as Line;
}

/** How many lines after the first item of its block it stands. */
export function lineOffsetOf({ words }: Block, place: Place): LineOffset {
  return words[place * word.count + word.line] as LineOffset;
}

/** Main gives an item to the slot of that generation, before it sends it. */
export function assignItem({ words }: Block, place: Place, generation: Generation): void {
  words[place * word.count + word.startedAt] = justNow;
  words[place * word.count + word.waits] = 0;
  store(words, place * word.count + word.state, generation << generationShift | phase.assigned);
}

/** Main takes an item back; false if it has started. */
export function reclaimItem({ words }: Block, place: Place, generation: Generation): boolean {
  const assigned = generation << generationShift | phase.assigned;
  return compareExchange(words, place * word.count + word.state, assigned, 0) === assigned;
}

/**
 * Whether the slot of that generation may still start the item: main has not taken it back. A range that a slot once got can
 * be long out of date, and in a later use of the block another item may stand there, even one of its own.
 */
export function isAssigned({ words }: Block, place: Place, use: BlockUse, generation: Generation): boolean {
  const at = place * word.count;
  return words[at + word.state] === (generation << generationShift | phase.assigned) &&
    words[at + word.use] === (use | 0);
}

/**
 * A slot starts an item; false if it is another's by now. `now`: milliseconds of the pool's clock.
 *
 * Since the slot looked, main may have taken the item back, and once it had ended elsewhere have used the block again, with
 * an item of this very slot at the place: the slot's thread need only have lost its core for some milliseconds. That one is
 * left as it is, for the slot to start when its message comes.
 */
export function startItem({ words }: Block, place: Place, use: BlockUse, generation: Generation, now: number): boolean {
  const at = place * word.count;
  const assigned = generation << generationShift | phase.assigned;
  const started = generation << generationShift | phase.started;
  if (compareExchange(words, at, assigned, started) !== assigned) return false;
  if (words[at + word.use] !== (use | 0)) {
    compareExchange(words, at, started, assigned);
    return false;
  }
  words[at + word.startedAt] = (now | 0) || 1; // modulo 2^32; what would be `justNow` is a millisecond later
  return true;
}

/** A slot has an item's outcome. Only if it is still its own: a slot that was given up may end much later. */
export function finishItem({ words }: Block, place: Place, generation: Generation): void {
  const at = place * word.count + word.state;
  const started = generation << generationShift | phase.started;
  const finished = generation << generationShift | phase.finished;
  if (compareExchange(words, at, started, finished) === started) return;
  compareExchange(words, at, started | phase.cancelled, finished | phase.cancelled);
}

/** Whether the item of that use of the block still stands there, and runs in the slot of that generation. */
export function isRunning({ words }: Block, place: Place, use: BlockUse, generation: Generation): boolean {
  const at = place * word.count;
  const state = load(words, at + word.state) & ~phase.cancelled;
  return state === (generation << generationShift | phase.started) && words[at + word.use] === (use | 0);
}

/**
 * When the slot of that generation started the item, for `msSince`: milliseconds of the pool's clock modulo 2^32. Undefined if
 * it has not started or has finished.
 */
export function startedAt({ words }: Block, place: Place, generation: Generation): StartTime | undefined {
  const at = place * word.count;
  const state = load(words, at + word.state) & ~phase.cancelled;
  return state === (generation << generationShift | phase.started)
    ? words[at + word.startedAt] as StartTime
    : undefined;
}

/**
 * Whether a running item waits, and so does not hold its thread by a call of ours: what goes on after a wait, Deno calls, and
 * nobody can tell whose code it is. Only a slot whose thread is stuck is asked for it.
 */
export function isWaiting({ words }: Block, place: Place): boolean {
  return words[place * word.count + word.waits] === 1;
}

/** A slot's item waits, or its code is called again. Only if it is still its own: a slot that was given up may go on. */
export function setWaiting(block: Block, place: Place, use: BlockUse, generation: Generation, waits: boolean): void {
  if (isRunning(block, place, use, generation)) block.words[place * word.count + word.waits] = waits ? 1 : 0;
}

/** How many milliseconds ago an item started that runs for less than 24 days; the clock may have run for any time. */
export function msSince(startedAt: StartTime, now: number): number {
  return startedAt === justNow ? 0 : (now - startedAt) | 0;
}

/** Asks a running item to stop: its signal aborts, also for a loop that never yields. */
export function cancelItem({ words }: Block, place: Place): void {
  or(words, place * word.count + word.state, phase.cancelled);
}

export function isCancelled({ words }: Block, place: Place): boolean {
  return (load(words, place * word.count + word.state) & phase.cancelled) !== 0;
}
