import { attemptEnds, maxAttempts } from "../../model/timeline.ts";
import { count, kinds, list, literal, number, object, oneOf } from "./fields.ts";

const thread = count("the thread, from 0");
const atMs = number("when, in milliseconds from the run's start");

const attempt = object({
  thread,
  task: count("which of the items that the thread ran at once, from 0; those of one thread and task do not overlap"),
  startMs: number("when it started, in milliseconds from the run's start"),
  endMs: number("when it ended, in milliseconds from the run's start"),
  line: count("line of its item", 1),
  attempt: count("which attempt of the item, from 1", 1),
  outcome: oneOf(
    attemptEnds,
    "how it ended: with a result; in an error record; in an error, and the item ran again; cut off with its thread",
  ),
}, "an attempt of an item");

const event = kinds([
  object({
    kind: literal("steal", "items that had not started were taken back, for a thread that had nothing to do"),
    thread,
    atMs,
    items: count("how many", 1),
  }, "a steal, from this thread"),
  object(
    { kind: literal("restart", "the thread was replaced"), thread, atMs },
    "a new thread in the place of this one",
  ),
], "what happened to a thread");

/** What the threads of a run did when. */
export const timeline = object({
  attempts: list(attempt, `the first attempts that ended, ${maxAttempts} at most, by thread, task and start`),
  leftOut: count("how many attempts ended after these, or at a time that nobody knows"),
  events: list(event, "steals and restarts until then, 500 at most, by time"),
}, "what the threads did when, from the run's start on; there with --export-json and --export-html");
