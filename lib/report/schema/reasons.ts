import * as v from "valibot";
import type { Advice, Change, ClaimReason, Notice, Reason, UseReason, Work } from "../../model/reason.ts";
import {
  count,
  interval,
  kinds,
  list,
  literal,
  nullValue,
  number,
  object,
  oneOf,
  orNull,
  schemaOf,
  string,
} from "./fields.ts";
import { cellFields, modes } from "./cells.ts";

/** The field that tells kinds of an object apart. */
export const kind = <const K extends string>(name: K) => ({ kind: literal(name, "tells its kind") });
const share = number("a share of an item's time, from 0 to 1");

/** Why a measurement cannot be trusted. */
export const doubts = [
  object({
    ...kind("too-few-rounds"),
    rounds: count("rounds that were run"),
    needed: count("rounds that are needed"),
  }, "there are too few rounds"),
  object(kind("control-failed"), "the same work differed from itself"),
  object({
    ...kind("contended"),
    rounds: count("rounds in which fewer cores than needed were left"),
    foreignCores: number("cores that were busy with other programs, on average"),
    cores: count("cores of the machine", 1),
  }, "other programs took cores that are needed"),
] as const;

/** Why a comparison shows nothing. */
export const reason = schemaOf<Reason>()(
  kinds([...doubts, object(kind("no-difference"), "no difference was shown")], "why a comparison shows nothing"),
);

/** What a quantity counts. */
export const unit = oneOf(["ms", "bytes", "ratio", "count"], "the unit");

const limit = { at: number("the claim's limit"), unit };

/** How much is measured. */
export const effort = oneOf(["quick", "default", "full"], "how much is measured");

/** Why a claim has its verdict. */
export const claimReason = schemaOf<ClaimReason>()(kinds([
  ...doubts,
  object({
    ...kind("too-few-cores"),
    cores: count("cores that the claim needs"),
    usableCores: count("cores that can be used"),
  }, "the machine has too few cores"),
  object({
    ...kind("too-little-memory"),
    neededBytes: count("memory that the claim needs, in bytes"),
    maxBytes: count("memory that may be used, in bytes"),
  }, "too little memory may be used"),
  object({ ...kind("left-out"), effort }, "this effort leaves it out"),
  object(kind("time-up"), "there was no time left for it"),
  object(kind("stopped"), "the user stopped before it was settled"),
  object({ ...kind("not-run"), message: string("what went wrong") }, "measuring it failed"),
  object(kind("not-measurable"), "a program cannot measure it"),
  object(kind("counted"), "what was counted decides it"),
  object({
    ...kind("beyond-limit"),
    side: oneOf(["above", "below"], "where the interval lies"),
    ...limit,
  }, "the interval lies on one side of the limit"),
  object({ ...kind("both-sides"), ...limit }, "the interval lies on both sides of the limit"),
  object({
    ...kind("not-significant"),
    p: number("Holm's adjusted p-value"),
    claims: count("claims that are tested together"),
  }, "chance alone could have given this"),
], "why a claim has its verdict"));

const work = schemaOf<Work>()(kinds([
  object({ ...kind("tiny"), itemMs: number("time of an item, in milliseconds") }, "it hardly takes any time"),
  object(kind("sending"), "sending it takes longer than the work on it"),
  object({ ...kind("blocking"), share }, "it holds its thread without computing"),
  object({ ...kind("computing"), share }, "it computes"),
  object({ ...kind("waiting"), share }, "it waits"),
  object({ ...kind("mixed"), computing: share, waiting: share }, "it computes and waits"),
], "what an item mostly does"));

/** Why a cell is recommended. */
export const useReason = schemaOf<UseReason>()(object({
  work: orNull(work, "what an item mostly does; null: unknown"),
  ratio: orNull(v.number(), "how many times faster than serial; null: it is serial"),
  interval: interval("of ratio; null: too few rounds, or it is serial"),
  wider: orNull(
    object({
      cell: object(cellFields, "the cell"),
      interval: interval("of its ratio to the recommended cell; null: too few rounds"),
    }, "the fastest cell, which uses more"),
    "the fastest cell, if it uses more and is not shown to beat this one",
  ),
}, "why this one"));

const change = schemaOf<Change>()(kinds([
  object({
    ...kind("start-up"),
    items: count("items from which on it pays"),
    longerMs: number("how much longer its threads take to start than serial, in milliseconds"),
  }, "with fewer items it does not pay"),
  object({ ...kind("own-cost"), share }, "what tandem itself costs"),
  object({ ...kind("sending"), share }, "what sending costs"),
  object({
    ...kind("lag"),
    lagP99Ms: number("99 % of the timers in its threads fire no later than this, in milliseconds"),
  }, "timers come late"),
], "what would change the advice, or what it costs"));

const changes = list(change, "what would change it, or what it costs");

/** What to use. */
export const advice = schemaOf<Advice>()(kinds([
  object({ ...kind("use"), ...cellFields, reason: useReason, changes }, "the cell to use"),
  object({
    ...kind("none"),
    mode: nullValue("no mode can be named"),
    threads: nullValue("no mode can be named"),
    tasks: nullValue("no mode can be named"),
    reason,
    changes,
  }, "none can be named"),
], "what to use"));

const mode = oneOf(modes, "the mode");

/** What the reader should know about the measurement. */
export const notices = list(
  schemaOf<Notice>()(kinds([
    object({
      ...kind("late-errors"),
      errors: count("how many errors"),
      message: string("the first one's message"),
    }, "the job threw after its items' ends, which failed none"),
    object({
      ...kind("fewer-rounds"),
      rounds: count("rounds that were run"),
      planned: count("rounds that were planned"),
      why: oneOf(
        ["stopped", "settled", "time"],
        "why: by the user, as every difference was settled, or for lack of time",
      ),
    }, "not all rounds were run"),
    object({ ...kind("short-runs"), mode, ms: number("its median run, in milliseconds") }, "a run is very short"),
    object({
      ...kind("slow-round"),
      round: count("the round, from 1"),
      mode,
      factor: number("how many times its median it took"),
    }, "a round was slow, and is counted"),
  ], "something to know")),
  "what the reader should know about the measurement",
);
