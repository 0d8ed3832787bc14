import type { Range } from "../../../../lib/exec/schedule/range_set.ts";
import type { Command, Event, Limits, SlotId, State } from "../../../../lib/exec/schedule/scheduler.ts";
import type { FakeSlot } from "./fake_slot.ts";
import type { Table } from "./table.ts";

/**
 * Where an item is, derived from events and commands only. `heldBack`: it waits for its release. `ended`: it has an outcome that must not be delivered yet. `lost`:
 * its slot is gone, and it must get an outcome or back off before the step is over. `suspect`: it may have crashed its slot.
 * `due`: its back-off is over, and the retry budget has not let it go yet.
 * `dropped`: the run was stopped before it started.
 */
type Place =
  | "heldBack"
  | "free"
  | "suspect"
  | "held"
  | "backingOff"
  | "due"
  | "ended"
  | "lost"
  | "delivered"
  | "dropped";

export class Item {
  place: Place = "free";
  slot: FakeSlot | undefined;
  attempt = 1;
  /** Whether a slot may start it: it has not run, or may run again. */
  mayStart = true;
  failed = false;
  yielded = false;
  cancelled = false;
  /** It was released, and has not started since. Only where starts are held back. */
  released = false;
  /** It is a suspect, and must be the only one in its slot. */
  alone = false;
  /** What its last error says of its next attempt, as the scheduler is to know it. */
  retryAfterMs: number | undefined;
  /** When its next attempt may be due. */
  dueAt = 0;
  /** Why main made its outcome, if it did. */
  why: "lost" | "timeout" | undefined;
}

/** The scheduler has broken a promise. */
export class Violation extends Error {}

/** Follows every item through events and commands, and throws if a command is not allowed now. */
export class Ledger {
  readonly items: Item[] = [];
  readonly counts: Record<Place, number> = {
    heldBack: 0,
    free: 0,
    suspect: 0,
    held: 0,
    backingOff: 0,
    due: 0,
    ended: 0,
    lost: 0,
    delivered: 0,
    dropped: 0,
  };
  /** With `ordered`, the item whose outcome is delivered next. */
  nextOut = 0;
  stopped = false;
  gaveUp = false;
  deathsInARow = 0;
  /** The attempts that have ended, as `item attempt how`, and those that the log of the run has noted. */
  readonly attempts: string[] = [];
  readonly noted: string[] = [];
  /** Items whose outcomes the consumer is to get, in this order. */
  readonly released: number[] = [];
  /** Slots with an unanswered `reclaim`. */
  readonly #asked = new Set<FakeSlot | undefined>();
  /** Slots in which an item has ended. */
  readonly #worn = new Set<FakeSlot | undefined>();
  /** Whether the slot that crashed last had run only one item. */
  #foundCulprit = false;
  /** A slot that must be killed, and an item that must be cancelled, before the step is over. */
  #doomed: FakeSlot | undefined;
  #killed: FakeSlot | undefined;
  #overdue: Item | undefined;
  /** How many slots get items, as far as the run has been told. */
  #threads = Infinity;
  #now = 0;
  /** Items that failed in this step and must back off. */
  #mustRetry: number[] = [];
  /** Items whose back-off is over; how many retries the budget allows; and what a step does about them. */
  readonly #due = new Set<number>();
  #credit: number;
  #beyond = 0;
  /** Some slot may not start its items. */
  #paused = false;

  constructor(
    readonly limits: Limits,
    /** The names of errors that are retried. */
    readonly names: readonly string[] | undefined,
    readonly table: Table,
    /** The slot that was started last at each place. */
    readonly slots: ReadonlyMap<SlotId, FakeSlot>,
    readonly timeoutMs: number,
  ) {
    this.#credit = limits.retryBudget.first;
  }

  get asking(): boolean {
    return this.#asked.size > 0;
  }

  /** Records an event before the scheduler gets it. */
  onMessage(event: Event, now: number): void {
    this.#now = now;
    this.#mustRetry = [];
    this.#record(event, now);
    this.#beyond = 0;
  }

  #record(event: Event, now: number): void {
    switch (event.kind) {
      case "tuned":
        this.#threads = event.threads;
        return;
      case "input":
        for (let i = 0; i < event.count; i++) this.items.push(new Item());
        this.counts.free += event.count;
        return;
      case "ended":
        for (const { first, end, ok, retryAfterMs } of event.stretches) {
          for (let item = first; item < end; item++) {
            const entry = this.#at(item, event.slot);
            entry.failed = !ok;
            this.attempts.push(`${item} ${entry.attempt} ${ok ? "ok" : "failed"}`);
            this.#move(item, "ended");
          }
          if (!ok) this.#failed(first, this.slots.get(event.slot)?.hints.get(first));
          if (this.items[first].retryAfterMs !== retryAfterMs && !ok) {
            throw new Violation(`the hint of ${first} is lost`);
          }
          if (ok) this.deathsInARow = 0;
          this.#worn.add(this.slots.get(event.slot));
        }
        this.#credit += this.limits.retryBudget.share *
          event.stretches.reduce((sum, { first, end }) => sum + end - first, 0);
        return;
      case "yielded":
        this.#expect(event.item, "held");
        this.items[event.item].yielded = true;
        return;
      case "reclaimed":
        this.#asked.delete(this.slots.get(event.slot));
        for (const range of event.ranges) {
          for (const item of numbers(range)) {
            this.#at(item, event.slot);
            this.#move(item, this.stopped ? "dropped" : "free");
          }
        }
        return;
      case "died":
      case "crashed": {
        const slot = this.slots.get(event.slot);
        if (!slot?.terminated) throw new Violation(`slot ${event.slot} has died, and nobody buries it`);
        const how = event.kind === "died" ? "thread" : event.started ? "process, known" : "process, unknown";
        const started = this.#loseSlot(slot, how);
        if (
          event.started !== undefined &&
          [...event.started].flatMap((range) => [...numbers(range)]).join() !== started.join()
        ) {
          throw new Violation(`slot ${event.slot} had started ${started}`);
        }
        this.deathsInARow = this.#foundCulprit ? 1 : this.deathsInARow + 1;
        return;
      }
      case "overdue": {
        const item = this.items[event.item];
        const slot = this.slots.get(event.slot);
        if (item.place !== "held" || item.slot !== slot || slot === undefined || item.cancelled) return;
        const since = this.table.startedAt(event.item, slot);
        if (since !== undefined && now - since < this.timeoutMs) throw new Violation(`${event.item} still has time`);
        this.#overdue = item;
        return;
      }
      case "expired": {
        const { place, slot, cancelled } = this.items[event.item];
        if (place !== "held" || !cancelled || slot !== this.slots.get(event.slot)) return;
        this.#doomed = slot;
        if (slot !== undefined) this.#loseSlot(slot, "killed", event.holders);
        return;
      }
      case "release":
        this.#expect(event.item, "heldBack");
        this.items[event.item].released = true;
        return this.#move(event.item, "free");
      case "retryDue":
        if (this.items[event.item].place !== "backingOff") return;
        if (now < this.items[event.item].dueAt) throw new Violation(`${event.item} is due too early`);
        this.#due.add(event.item);
        return this.#move(event.item, "due");
      case "paused":
        this.#paused = true;
        return;
      case "taken":
        this.#paused = event.paused;
        return;
      case "stopped":
        this.stopped = true;
        for (const item of this.items.keys()) {
          if (["heldBack", "free", "suspect", "backingOff", "due"].includes(this.items[item].place)) {
            this.#move(item, "dropped");
          }
        }
        return;
    }
  }

  /**
   * A slot is gone. Items that had started in a thread that died, and items that have yielded must get an outcome or back off.
   * The others may run elsewhere, even if they ran there. Items that may have crashed a process, or hold a thread (`holders`),
   * are suspects; a single one is the culprit, in a crashed process only if no other item has ended there. Returns which items
   * had started.
   */
  #loseSlot(
    slot: FakeSlot,
    how: "thread" | "process, known" | "process, unknown" | "killed",
    holders: readonly number[] = [],
  ): readonly number[] {
    this.#asked.delete(slot);
    const held = [...this.items.entries()].filter(([, entry]) => entry.place === "held" && entry.slot === slot);
    const started = held.flatMap(([item]) => this.table.phase(item, slot) === "started" ? [item] : []);
    const isSuspect = (item: number) =>
      how === "process, unknown" || how === "process, known" && started.includes(item) || holders.includes(item);
    const suspects = held.filter(([item]) => isSuspect(item)).length;
    this.#foundCulprit = suspects === 1 && (how === "killed" || !this.#worn.has(slot));
    for (const [item, entry] of held) {
      const suspect = isSuspect(item);
      const isCulprit = suspect && this.#foundCulprit;
      const ends = entry.yielded || isCulprit ||
        how === "thread" && started.includes(item);
      if (!ends && this.table.phase(item, slot) !== "assigned") entry.mayStart = true;
      const name = how === "thread" ? "ThreadDied" : how !== "killed" ? "ProcessDied" : "TimeoutError";
      if (ends) this.#failed(item, this.names?.includes(name) === false ? -1 : undefined);
      // After a stop the items that were lost in a crash are not reported.
      if (this.stopped && suspect && how !== "killed") this.#move(item, "dropped");
      else this.#move(item, ends ? "lost" : this.stopped ? "dropped" : suspect ? "suspect" : "free");
      entry.released = false;
    }
    return started;
  }

  /** `hint`: what its error says of its next attempt, as slots say it. */
  #failed(item: number, hint: number | undefined): void {
    const entry = this.items[item];
    entry.retryAfterMs = hint !== undefined && hint < 0 ? Infinity : hint;
    const mayRetry = !this.stopped && !entry.yielded && entry.attempt <= this.limits.retries;
    if (mayRetry && entry.retryAfterMs !== Infinity) this.#mustRetry.push(item);
  }

  /** A slot starts an item, without the scheduler's help. */
  starts(item: number): void {
    const entry = this.items[item];
    if (!entry?.mayStart) throw new Violation(`${item} runs again`);
    entry.mayStart = false;
  }

  /** Checks a command before it is executed. */
  check(command: Command, state: State): void {
    switch (command.kind) {
      case "send": {
        const slot = this.slots.get(command.slot);
        if (!slot?.up || slot.terminated || this.stopped) {
          throw new Violation(`sent to ${command.slot}, which is not up`);
        }
        for (const item of numbers(command.range)) {
          const suspect = this.items[item].place === "suspect";
          if (this.#due.has(item) && this.limits.heldBackBy === undefined) this.#release(item, this.counts.free, state);
          if (!suspect) this.#expect(item, "free");
          if (!suspect && this.limits.heldBackBy !== undefined && !this.items[item].released) {
            throw new Violation(`${item} is sent before it is released`);
          }
          const beside = this.items.filter((entry) => entry.place === "held" && entry.slot === slot);
          const isNextOut = this.limits.ordered && item === this.nextOut; // suspects may be waiting for it
          if (!isNextOut && !suspect && command.slot >= this.#threads) {
            throw new Violation(`${item} is sent beyond the width`);
          }
          if (!isNextOut && beside.some(({ alone }) => alone || suspect)) throw new Violation(`${item} is not alone`);
          this.items[item].slot = slot;
          this.items[item].alone = suspect;
          this.#move(item, "held");
        }
        return;
      }
      case "hold":
        for (const item of numbers(command.range)) {
          if (this.#due.has(item)) this.#release(item, this.counts.free + this.counts.heldBack - this.#beyond, state);
          this.#expect(item, "free");
          this.items[item].released = false;
          this.#move(item, "heldBack");
        }
        return;
      case "reclaim": {
        const slot = this.slots.get(command.slot);
        const mayAsk = this.limits.steal && !this.#asked.has(slot);
        if (!mayAsk && !this.stopped) throw new Violation(`slot ${command.slot} must not be asked`);
        this.#asked.add(slot);
        for (const range of command.ranges) for (const item of numbers(range)) this.#at(item, command.slot);
        return;
      }
      case "cancel":
        if (this.#at(command.item, command.slot) !== this.#overdue) {
          throw new Violation(`${command.item} is not overdue`);
        }
        this.#overdue.cancelled = true;
        this.#overdue = undefined;
        return;
      case "kill":
        if (this.slots.get(command.slot) !== this.#doomed) throw new Violation(`slot ${command.slot} may live`);
        this.#killed = this.#doomed;
        this.#doomed = undefined;
        return;
      case "start":
        if (this.slots.get(command.slot)?.terminated === false) {
          throw new Violation(`slot ${command.slot} is started twice`);
        }
        if (this.stopped || this.deathsInARow > this.limits.restarts) throw new Violation("started after the end");
        return;
      case "giveUp":
        if (this.deathsInARow <= this.limits.restarts) throw new Violation("gave up within the budget");
        this.gaveUp = true;
        return;
      case "fail":
        this.#expect(command.item, "lost");
        this.items[command.item].why = command.why;
        this.attempts.push(`${command.item} ${command.attempts} failed`);
        return this.#move(command.item, "ended");
      case "backOff": {
        const item = this.items[command.item];
        if (!(item.place === "lost" || item.place === "ended" && item.failed) || this.stopped || item.yielded) {
          throw new Violation(`${command.item} must not run again`);
        }
        if (item.retryAfterMs === Infinity) throw new Violation(`${command.item} must not run again, its error says`);
        if (command.afterMs !== (item.retryAfterMs ?? 0)) throw new Violation(`${command.item} rests another time`);
        item.dueAt = this.#now + command.afterMs;
        if (command.attempt !== ++item.attempt || item.attempt > 1 + this.limits.retries) {
          throw new Violation(`${command.item} has attempt ${command.attempt}`);
        }
        item.mayStart = true;
        if (item.place === "lost") this.attempts.push(`${command.item} ${command.attempt - 1} failed`);
        item.released = false;
        return this.#move(command.item, "backingOff");
      }
      case "deliver":
        for (const item of numbers(command.range)) {
          this.#expect(item, "ended");
          if (this.limits.ordered && item !== this.nextOut) {
            throw new Violation(`${item} is delivered before ${this.nextOut}`);
          }
          this.nextOut++;
          this.released.push(item);
          this.#move(item, "delivered");
        }
        return;
      default:
        return command satisfies never;
    }
  }

  /** Compares the scheduler's state after a step with what it must be. */
  compare(state: State, thoroughly: boolean): void {
    const { counts } = this;
    const others = counts.free;
    for (const item of this.#due) if (!state.due.has(item)) this.#release(item, others, state);
    this.#checkBudget(state);
    for (const item of this.#mustRetry) {
      if (this.items[item].place !== "backingOff") throw new Violation(`${item} does not run again`);
    }
    if (this.#doomed !== undefined || this.#overdue !== undefined) throw new Violation("a hung item goes on");
    if (this.#killed?.terminated === false) throw new Violation("a killed slot lives");
    if (counts.lost > 0) throw new Violation("a lost item has no outcome");
    if (this.limits.ordered ? this.items[this.nextOut]?.place === "ended" : counts.ended > 0) {
      throw new Violation("an outcome is kept back");
    }
    let held = 0;
    for (const slot of state.slots.values()) held += slot.held.size;
    const { heldBack, waiting, suspects, backingOff, due, ended } = state;
    const believed = [...[heldBack, waiting, suspects, backingOff, due, ended].map(({ size }) => size), held].join();
    const places = ["heldBack", "free", "suspect", "backingOff", "due", "ended", "held"] as const;
    const true_ = places.map((place) => counts[place]).join();
    if (believed !== true_) throw new Violation(`${places}: ${believed} for ${true_}`);
    if (!thoroughly) return;
    for (const [item, { place, slot }] of this.items.entries()) {
      const right = place === "free"
        ? state.waiting.has(item)
        : place === "heldBack"
        ? state.heldBack.has(item)
        : place === "suspect"
        ? state.suspects.has(item)
        : place === "held"
        ? state.slots.get(slot?.id ?? -1)?.held.has(item)
        : place === "backingOff"
        ? state.backingOff.has(item)
        : place === "due"
        ? state.due.has(item)
        : place === "ended"
        ? state.ended.has(item)
        : true;
      if (!right) throw new Violation(`${item} is ${place}, and the scheduler does not know`);
    }
  }

  /**
   * An item runs again: within the retry budget, or beyond it, if all wait for it, or no `others` wait to be sent, or they may wait
   * for its key.
   */
  #release(item: number, others: number, { bytesOut }: State): void {
    this.#due.delete(item);
    if (this.items[item].place !== "due") return; // the run was stopped
    const { heldBackBy, ordered, windowBytes } = this.limits;
    const isStuck = heldBackBy !== undefined &&
      (bytesOut >= windowBytes || this.items.some(({ yielded, place }) => yielded && place === "held"));
    const isAwaited = ordered && item === this.nextOut && (this.#paused || isStuck);
    const mayShareKey = heldBackBy === "key" && this.counts.free + this.counts.held === 0;
    if (this.#credit >= 1) this.#credit--;
    else if (others > 0 && !isAwaited && !mayShareKey) {
      throw new Violation(`${item} runs again beyond the budget, and others wait`);
    } else if (!isAwaited) this.#beyond++;
    this.#move(item, "free");
  }

  /** While more input may come, items go one at a time beyond the budget. */
  #checkBudget({ inputEnded, untaken, bytesIn, bytesOut }: State): void {
    const { retryBudget: { most }, windowItems, windowBytes } = this.limits;
    this.#credit = Math.min(most, this.#credit);
    const isFull = untaken >= windowItems || bytesIn >= windowBytes || bytesOut >= windowBytes;
    if (this.#beyond > 1 && !inputEnded && !isFull) throw new Violation(`${this.#beyond} run again beyond the budget`);
  }

  #at(item: number, slot: SlotId): Item {
    this.#expect(item, "held");
    if (this.items[item].slot !== this.slots.get(slot)) throw new Violation(`${item} is not at slot ${slot}`);
    return this.items[item];
  }

  #expect(item: number, place: Place): void {
    const found = this.items[item]?.place;
    if (found !== place) throw new Violation(`${item} is ${found}, not ${place}`);
  }

  #move(item: number, to: Place): void {
    const entry = this.items[item];
    this.counts[entry.place]--;
    this.counts[to]++;
    entry.place = to;
    if (to !== "held") entry.cancelled = false;
  }
}

function* numbers({ first, end }: Range): Generator<number> {
  for (let item = first; item < end; item++) yield item;
}
