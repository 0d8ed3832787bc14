import * as v from "valibot";
import { boolean, count, interval, list, number, object, oneOf, orNull } from "./fields.ts";
import { cellFields } from "./measured.ts";

/** What other programs took of the machine. */
export const contention = object({
  foreignCores: number("cores that were busy with other programs, on average"),
  rounds: count("rounds in which fewer cores than the threads need were left"),
  contended: boolean("true: these are so many that nothing can be said of modes with several threads"),
}, "what other programs took of the machine meanwhile");

const lagP99Ms = orNull(
  v.number(),
  "a timer fired no later than this in 99 % of all cases, in milliseconds; null: unknown",
);
const verdict = oneOf(["baseline", "faster", "slower", "same", "unclear"], "what the interval shows");
const itemsPerSecond = number("items a second, at the median of the runs");
const ratio = number("time of serial / time of this one, above 1 where this one is faster");
const ofRatio = interval("of ratio; null: too few rounds, or this is serial");

const sample = object({
  round: count("the round, from 1; 0 and less: a warm-up round, which counts for nothing", -99),
  elapsedMs: number("from the first item to the last outcome, in milliseconds"),
  startMs: number("until all slots had loaded the job, in milliseconds"),
  cpuMs: orNull(
    v.number(),
    "processor time of the program meanwhile, with the processes of its slots, in milliseconds",
  ),
  mainCpuMs: orNull(v.number(), "processor time of the main thread, in milliseconds; null: unknown"),
  slotCpuMs: orNull(
    v.array(v.number()),
    "processor time of each slot's thread with work, in milliseconds; null: unknown",
  ),
  rssBytes: orNull(v.number(), "memory of the program at the end, with the processes of its slots, in bytes"),
  heapBytes: orNull(v.number(), "most memory on the heap of one slot's isolate, in bytes; null: unknown"),
  p99Ms: orNull(v.number(), "99 % of the items took no longer, in milliseconds; null: unknown"),
  lagP99Ms,
  voluntarySwitches: orNull(v.number(), "context switches where the program waited; null: unknown"),
  involuntarySwitches: orNull(v.number(), "context switches where it could have gone on; null: unknown"),
}, "one run over all items");

/** How one mode did. */
export const mode = object({
  ...cellFields,
  itemsPerSecond,
  ratio,
  interval: ofRatio,
  verdict,
  reason: orNull(v.string(), "why it is unclear, as the end of a sentence; null: it is not"),
  p50Ms: number("half of the items took no longer, from start to end, in milliseconds"),
  p99Ms: number("99 % of the items took no longer, in milliseconds"),
  lagP50Ms: orNull(v.number(), "a timer fired no later than this in half of all cases, in milliseconds; null: unknown"),
  lagP99Ms,
  rssBytes: orNull(v.number(), "memory of the program, median of the runs, in bytes; null: unknown"),
  samples: list(sample, "all runs, by round"),
}, "how one mode did");

/** What an item goes through. */
export const phases = object({
  startMs: number("once for each thread, before any item: it starts and loads the job, in milliseconds"),
  sendMs: orNull(v.number(), "on the way to the slot, with others, in milliseconds; null: unknown"),
  queueMs: orNull(v.number(), "in the slot, behind the items before it, in milliseconds; null: unknown"),
  computingMs: orNull(v.number(), "it computes, in milliseconds; null: Deno cannot tell"),
  blockingMs: orNull(v.number(), "it holds its thread without computing, in milliseconds; null: Deno cannot tell"),
  waitingMs: orNull(v.number(), "it waits and leaves its thread to others, in milliseconds; null: Deno cannot tell"),
  receiveMs: orNull(v.number(), "from its end until main has the outcome, in milliseconds; null: unknown"),
  transferMs: number("sending and receiving keep the slot from work for so long, in milliseconds"),
}, "what one item goes through in serial, on average");

const cell = object({
  threads: count("threads", 1),
  tasks: count("items that each thread ran at once", 1),
  itemsPerSecond,
  ratio,
  interval: ofRatio,
  verdict,
  lagP99Ms,
  samplesMs: list(v.number(), "times of its runs, by round, in milliseconds"),
}, "one cell of the sweep");

/** A sweep over threads and tasks. */
export const grid = object({
  threads: list(v.number(), "the rows, ascending"),
  tasks: list(v.number(), "the columns, ascending"),
  cells: list(cell, "row by row"),
  best: object(
    { threads: count("threads", 1), tasks: count("items at once in each", 1) },
    "the cell with most items a second",
  ),
  asGood: count("how many other cells are not shown to be slower than the best one"),
}, "a sweep over threads and tasks");
