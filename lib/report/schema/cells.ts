import { count, oneOf } from "./fields.ts";

/** The modes, from the simplest to the widest. */
export const modes = ["serial", "tasks", "threads", "both"] as const;

/** The fields of one cell of the grid. */
export const cellFields = {
  mode: oneOf(modes, "the mode"),
  threads: count("threads", 1),
  tasks: count("items that each thread runs at once", 1),
};
