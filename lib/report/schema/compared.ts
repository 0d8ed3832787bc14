import * as v from "valibot";
import type { Grid, Phases } from "../../model/comparison.ts";
import { count, list, number, object, orNull, schemaOf } from "./fields.ts";
import { mode } from "./measured.ts";

/** What an item goes through. */
export const phases = schemaOf<Phases>()(object({
  startMs: number("once for each thread, before any item: it starts and loads the job, in milliseconds"),
  sendMs: orNull(v.number(), "on the way to the slot, with others, in milliseconds; null: unknown"),
  queueMs: orNull(v.number(), "in the slot, behind the items before it, in milliseconds; null: unknown"),
  computingMs: orNull(v.number(), "it computes, in milliseconds; null: Deno cannot tell"),
  blockingMs: orNull(v.number(), "it holds its thread without computing, in milliseconds; null: Deno cannot tell"),
  waitingMs: orNull(v.number(), "it waits and leaves its thread to others, in milliseconds; null: Deno cannot tell"),
  receiveMs: orNull(v.number(), "from its end until main has the outcome, in milliseconds; null: unknown"),
  transferMs: number("sending and receiving keep the slot from work for so long, in milliseconds"),
}, "what one item goes through in serial, on average"));

/** A sweep over threads and tasks. */
export const grid = schemaOf<Grid>()(object({
  threads: list(v.number(), "the rows, ascending"),
  tasks: list(v.number(), "the columns, ascending"),
  cells: list(mode, "row by row"),
  best: object(
    { threads: count("threads", 1), tasks: count("items at once in each", 1) },
    "the cell with most items a second",
  ),
  asGood: count("how many other cells are not shown to be slower than the best one"),
}, "a sweep over threads and tasks"));
