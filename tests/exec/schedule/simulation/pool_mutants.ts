import { AttemptLog } from "../../../../lib/exec/pool/attempt_log.ts";
import { InFlight } from "../../../../lib/exec/pool/in_flight.ts";
import { KeyGate } from "../../../../lib/exec/pace/key_gate.ts";
import { LastDeath } from "../../../../lib/exec/pool/last_death.ts";
import { Pacing } from "../../../../lib/exec/pace/pacing.ts";
import { Rates } from "../../../../lib/exec/pace/rates.ts";
import { OutcomeStore } from "../../../../lib/exec/pool/outcome_store.ts";
import { EventQueue } from "../../../../lib/exec/pool/event_queue.ts";
import { PoolSlot } from "../../../../lib/exec/pool/pool_slot.ts";
import { RunInput } from "../../../../lib/exec/pool/run_input.ts";
import { RunOutput } from "../../../../lib/exec/pool/run_output.ts";
import { RunWidth } from "../../../../lib/exec/pool/run_width.ts";
import { Slots } from "../../../../lib/exec/pool/slots.ts";
import { TimeLimit } from "../../../../lib/exec/pool/time_limit.ts";
import { Waits } from "../../../../lib/exec/pool/waits.ts";
import { recordKind } from "../../../../lib/exec/wire/protocol.ts";

/** Plants a bug; the function that it returns removes it. */
type Plant = () => () => void;

type Kind = { readonly kind: string; readonly message?: { readonly kind: string } };

/** Bugs in what the pool does around its scheduler, by a description. The simulation must catch every one. */
export const poolMutants: Readonly<Record<string, Plant>> = {
  "the queue loses the answer to a reclaim": changedPush((push, event) => isMessage(event, "reclaimed") || push()),
  "the queue loses results": changedPush((push, event) => isMessage(event, "results") || push()),
  "the queue loses the death of a slot": changedPush((push, event) =>
    isMessage(event, "fatal") || isMessage(event, "crashed") || push()
  ),
  "the queue loses a pause": changedPush((push, event) => isMessage(event, "paused") || push()),
  "the queue loses what becomes free": changedPush((push, event) => event.kind === "freed" || push()),
  "the queue hands out results twice": changedPush((push, event) => {
    push();
    if (isMessage(event, "results")) push();
  }),
  "the queue hands out a wake-up twice": changedPush((push, event) => {
    push();
    if (event.kind === "consumed") push();
  }),
  "an event is handled inside another": planted(
    EventQueue.prototype,
    "push",
    () =>
      function (this: EventQueue<unknown>, event: unknown) {
        this.handle(event);
      },
  ),
  "a slot that was ended keeps its place": planted(Slots.prototype, "terminate", () =>
    function (slot: PoolSlot) {
      void slot.hosted.terminate();
    }),
  "a slot that was ended lives on": planted(
    Slots.prototype,
    "terminate",
    (terminate) =>
      function (this: Slots, slot: PoolSlot) {
        const hosted = { ...slot.hosted, terminate: () => Promise.resolve() };
        terminate.call(this, Object.create(slot, { hosted: { value: hosted } }));
      },
  ),
  "what comes from a slot that was ended counts": planted(Slots.prototype, "has", () => () => true),
  "no slot is replaced": planted(Slots.prototype, "start", (start) => {
    const started = new WeakMap<Slots, Set<number>>();
    return function (this: Slots, id: number) {
      const ids = started.get(this) ?? new Set();
      started.set(this, ids);
      if (!ids.has(id)) start.call(this, id);
      ids.add(id);
    };
  }),
  "the limit of loading is not lifted": planted(Slots.prototype, "loaded", () =>
    function (slot: PoolSlot) {
      slot.up = true;
    }),
  "slots are left when the pool is closed": planted(Slots.prototype, "close", () => () => Promise.resolve()),
  "credit is lost": planted(PoolSlot.prototype, "taken", () => () => {}),
  "credit is given back twice": planted(
    PoolSlot.prototype,
    "taken",
    (taken) =>
      function (this: PoolSlot, bytes: number, credit: number) {
        taken.call(this, 2 * bytes, credit);
      },
  ),
  "credit goes to another generation": planted(
    OutcomeStore.prototype,
    "add",
    (add) =>
      function (this: OutcomeStore, slot: PoolSlot, ...rest) {
        return add.call(this, Object.create(slot, { generation: { value: slot.generation - 1 } }), ...rest);
      },
  ),
  "a chunk is free before it is read": planted(
    OutcomeStore.prototype,
    "add",
    (add) =>
      function (this: OutcomeStore, slot: PoolSlot, message, ...rest) {
        if (message.chunk !== undefined) slot.post({ kind: "taken", bytes: 0, chunks: [message.chunk] });
        return add.call(this, slot, message, ...rest);
      },
  ),
  "hints are forgotten": planted(
    OutcomeStore.prototype,
    "add",
    (add) =>
      function (this: OutcomeStore, slot: PoolSlot, message, ...rest) {
        return add.call(this, slot, { ...message, hints: undefined }, ...rest);
      },
  ),
  "hints go to another item": planted(
    OutcomeStore.prototype,
    "add",
    (add) =>
      function (this: OutcomeStore, slot: PoolSlot, message, ...rest) {
        const hints = message.hints?.map((value, i) => i % 2 === 0 ? value + 1 : value);
        return add.call(this, slot, { ...message, hints }, ...rest);
      },
  ),
  "the names of retried errors are not compared with those of our errors": planted(
    LastDeath.prototype,
    "isFinal",
    () => () => false,
  ),
  "a back-off is cut short": planted(
    Waits.prototype,
    "after",
    (after) =>
      function (this: Waits, ms: number, act: () => void) {
        after.call(this, ms >= 1_000 ? ms : ms / 3, act);
      },
  ),
  "a paused slot is not told to go on": planted(PoolSlot.prototype, "resume", () => () => {}),
  "a slot that was told to go on is not told again": planted(
    PoolSlot.prototype,
    "resume",
    (resume) =>
      function (this: PoolSlot) {
        resume.call(this);
        this.paused = false;
      },
  ),
  "starts are not held back": planted(RunWidth.prototype, "tasks", () => () => 2),
  "slots do not hear that they may start again": planted(
    PoolSlot.prototype,
    "post",
    (post) =>
      function (this: PoolSlot, message) {
        if (message.kind !== "width") post.call(this, message);
      },
  ),
  "a back-off is never over": planted(
    Waits.prototype,
    "after",
    (after) =>
      function (this: Waits, ms: number, act: () => void) {
        if (ms >= 1_000) after.call(this, ms, act);
      },
  ),
  "a stopped run waits for ever": planted(
    Waits.prototype,
    "after",
    (after) =>
      function (this: Waits, ms: number, act: () => void) {
        if (ms < 1_000) after.call(this, ms, act);
      },
  ),
  "waits outlive their run": planted(Waits.prototype, "cancel", () => () => {}),
  "the time limit is never looked at": planted(TimeLimit.prototype, "start", () => () => {}),
  "the time limit outlives its run": planted(TimeLimit.prototype, "stop", () => () => {}),
  "the memory of items is never free": planted(RunInput.prototype, "free", () => () => {}),
  "input is read that is not wanted": planted(RunInput.prototype, "read", (read) =>
    function (this: RunInput) {
      read.call(this, true);
    }),
  "nobody says which item the output waits for": planted(RunOutput.prototype, "publishNextOut", () => () => {}),
  "items pass the credit though the consumer is busy": planted(
    RunOutput.prototype,
    "takeReady",
    (takeReady) =>
      function (this: RunOutput) {
        const ready = takeReady.call(this);
        this.consumerWaits(true);
        return ready;
      },
  ),
  "the outcome of an earlier attempt stays": planted(RunOutput.prototype, "forget", () => () => {}),
  "outcomes are released in the wrong order": planted(
    OutcomeStore.prototype,
    "takeReady",
    (takeReady) =>
      function (this: OutcomeStore) {
        return takeReady.call(this).toReversed();
      },
  ),
  "values come too early": planted(RunOutput.prototype, "yielded", () =>
    function (this: RunOutput, item: number) {
      RunOutput.prototype.release.call(this, { first: item, end: item + 1 });
    }),
  "the log leaves out the attempts that no slot reports": planted(AttemptLog.prototype, "decided", () => () => {}),
  "the log has failed attempts twice": planted(
    AttemptLog.prototype,
    "decided",
    (decided) =>
      function (this: AttemptLog, command, ...rest) {
        decided.call(this, command, ...rest);
        if (command.kind === "backOff") decided.call(this, command, { kind: "died", slot: 0, started: [] }, rest[1]);
      },
  ),
  "the log leaves out what comes with values": planted(
    AttemptLog.prototype,
    "reported",
    (reported) =>
      function (this: AttemptLog, slot, message) {
        if (message.stretches[0] !== recordKind.value) reported.call(this, slot, message);
      },
  ),
  "nobody says that all wait for an item that is held back": planted(
    RunOutput.prototype,
    "isBlocked",
    () => () => false,
  ),
  "no rate is kept": planted(Rates.prototype, "waitMs", () => () => 0),
  "a start is not counted": planted(Rates.prototype, "start", () => () => {}),
  "nobody waits for the time of a start": planted(KeyGate.prototype, "nextMs", () => () => undefined),
  "items are of the wrong key": planted(KeyGate.prototype, "add", (add) =>
    function (this: KeyGate, range, keyOf) {
      add.call(this, range, (item) => keyOf(item) ?? String(item));
    }),
  "an item that has ended keeps the place of its key": planted(Pacing.prototype, "ended", () => () => {}),
  "the wait for a start outlives its run": planted(Pacing.prototype, "stop", () => () => {}),
  "nobody knows what a dead slot was running": planted(InFlight.prototype, "lastRunning", () => () => []),
};

function isMessage(event: Kind, kind: string): boolean {
  return event.kind === "message" && event.message?.kind === kind;
}

/** Changes what the queue of a pool does with an event: every third time, so that the pool comes to life. */
function changedPush(change: (push: () => void, event: Kind) => unknown): Plant {
  let count = 0;
  return planted(EventQueue.prototype, "push", (push) =>
    function (this: EventQueue<unknown>, event: unknown) {
      const original = () => push.call(this, event);
      if (++count % 3 === 0) change(original, event as Kind);
      else original();
    });
}

/** Replaces a method of a class. */
function planted<T extends object, K extends keyof T>(prototype: T, name: K, change: (method: T[K]) => T[K]): Plant {
  return () => {
    const method = prototype[name];
    prototype[name] = change(method);
    return () => prototype[name] = method;
  };
}
