/** What claims and compare both measure. */
import * as v from "valibot";
import { boolean, count, interval, object, oneOf, orNull } from "./fields.ts";

/** The modes, from the simplest to the widest. */
export const modes = ["serial", "tasks", "threads", "both"] as const;

/** The fields of one cell of the grid. */
export const cellFields = {
  mode: oneOf(modes, "the mode"),
  threads: count("threads", 1),
  tasks: count("items that each thread runs at once", 1),
};

/** The A/A control. */
export const control = object({
  ratio: orNull(v.number(), "time of the first serial run / time of the second; null: no round was whole"),
  interval: interval("of ratio; null: too few rounds"),
  failed: boolean("true: it shows a difference where there is none, so the measurement cannot be trusted"),
}, "serial against serial, measured in the same rounds");
