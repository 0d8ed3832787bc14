import * as v from "valibot";
import { limitNames, scaleKinds, type ScaleResult, stopNames } from "../../model/scale.ts";
import { count, list, number, object, oneOf, orNull, schemaOf, string } from "./fields.ts";
import { document, noSeed } from "./head.ts";

const kind = oneOf(scaleKinds, "the kind of task, or thread; tandem help scale says what each is");

const rung = object({
  kind,
  alive: count("how many should wait at the same time", 1),
  reached: count("how many did"),
  totalBytes: orNull(
    v.number(),
    "resident memory that they added to their process, in bytes; of less than 4 MiB, the pages of the heap are most. " +
      "Null: they were not all there, like what follows",
  ),
  eachBytes: orNull(v.number(), "the same of one"),
  startMs: orNull(v.number(), "time to start them all, in milliseconds; threads start one after the other"),
  endMs: orNull(
    v.number(),
    "time until they all have ended, in milliseconds; null also for threads below their highest rung, and where the " +
      "system does not tell",
  ),
  virtualBytes: orNull(
    v.number(),
    "address space that threads added, in bytes; null for tasks, and where it cannot be read",
  ),
  stoppedBy: orNull(
    v.picklist(stopNames),
    "why not all of them came: a cap of ours, a limit of the system, a kill, a crash, or the user; null: they came",
  ),
  limit: orNull(v.number(), "the value of that cap or limit, in bytes, milliseconds or numbers; null if there is none"),
  said: string("the beginning and the end of what the process wrote before it was killed or crashed; empty if nothing"),
}, "so many tasks or threads that wait at the same time, in a process of their own");

const fit = object({
  kind,
  bytesEach: number("resident memory of one, in bytes: the slope of a line through the rungs (Theil-Sen)"),
  r2: number("how much of the variance of the rungs' memory that line explains; 1: all"),
  rungs: count("rungs that it goes through: those of at least 1 % of the highest one", 2),
}, "what one costs");

const forecast = object({
  kind,
  limit: oneOf(limitNames, "the limit"),
  value: number("its value, in bytes or numbers"),
  alive: count("how many there can be until it is met, if all goes on as measured"),
}, "how far a kind would go");

const threadsEnd = object({
  threads: count("threads that were ended"),
  endMs: orNull(
    v.number(),
    "until the system had ended them, in milliseconds; null: not within 15 s, or it does not tell",
  ),
  keptBytes: orNull(v.number(), "resident memory that the process did not give back, in bytes; null where endMs is"),
}, "the end of the highest rung of threads");

const result = schemaOf<ScaleResult>()(object({
  rungs: list(rung, "what was measured, by number alive, then by kind"),
  fits: list(fit, "what one of each kind costs; a kind whose rungs took too little memory is left out"),
  forecast: list(forecast, "for each kind that has a cost, the limits that can be read, the nearest first"),
  threadsEnd: orNull(threadsEnd, "null: no thread was started, or their process did not live to their end"),
}, "the ladder"));

/** The document of `tandem scale`, given its flags. */
export const scaleDocument = document(
  "scale",
  { seed: noSeed, result },
  "what tandem scale --json prints: how many tasks and threads can wait, and what they cost",
);
