import { TandemError } from "../../../../lib/errors.ts";
import { BlockStore } from "../../../../lib/exec/input/block_store.ts";
import { AttemptLog } from "../../../../lib/exec/pool/attempt_log.ts";
import { openPool, type Pool } from "../../../../lib/exec/pool/pool.ts";
import type { Brake } from "../../../../lib/exec/tuning/brake.ts";
import type { Tuner } from "../../../../lib/exec/tuning/tuner.ts";
import { paceOf, type PaceOptions } from "../../../../lib/exec/pace/pace.ts";
import { valueFormat } from "../../../../lib/exec/run_job.ts";
import type { Range } from "../../../../lib/exec/schedule/range_set.ts";
import {
  type Command,
  type Event,
  isDone,
  type Scheduler,
  scheduler,
  type State,
} from "../../../../lib/exec/schedule/scheduler.ts";
import type { SlotState } from "../../../../lib/exec/schedule/state.ts";
import { Agenda } from "./agenda.ts";
import { checkIdle } from "./checks.ts";
import { Consumer } from "./consumer.ts";
import { FakeHost } from "./fake_host.ts";
import { FakeInput } from "./fake_input.ts";
import type { FakeSlot, Surroundings } from "./fake_slot.ts";
import { Ledger, Violation } from "./ledger.ts";
import { PaceLedger } from "./pace_ledger.ts";
import { drawPace, keyOf } from "./pace_world.ts";
import { RestLedger } from "./rest_ledger.ts";
import { Dice, drawFate, drawScenario, type Fate, type Scenario } from "./scenario.ts";
import { Table } from "./table.ts";

/** What came later has dice of its own, so that worlds without it stay as they are. */
const [paceSeed, rareSeed] = [1_000_000, 2_000_000];

const job = { kind: "module", url: "file:///none.js" } as const;
const format = valueFormat("bytes", "bytes");

/** The world of one seed: a real pool on a fake host, with a fake input, consumer and clock. */
export class World implements Surroundings {
  table = new Table();
  consumes = false;
  /** The first promise that was broken. */
  broken: string | undefined;
  readonly #scheduler: Scheduler;
  readonly #trace: string[] | undefined;
  readonly #dice: Dice;
  readonly #scenario: Scenario;
  readonly #pace: PaceOptions | undefined;
  /** Of the run that goes on. */
  #paceLedger: PaceLedger | undefined;
  readonly #agenda = new Agenda();
  readonly #host: FakeHost;
  readonly #blocks: BlockStore;
  readonly #stop = new AbortController();
  /** How many waits of the pool are open. */
  #waits = 0;
  #state: State | undefined;
  #ledger: Ledger;
  #rests: RestLedger;
  #input: FakeInput;
  #steps = 0;
  /** A brake holds starts back. */
  #isHeld = false;
  /** Items that never end. */
  #endless: { readonly item: number; readonly slot: FakeSlot }[] = [];

  /** `mutant`: what to replace in the scheduler. */
  constructor(seed: number, mutant: Partial<Scheduler> = {}, trace?: string[]) {
    this.#scheduler = { ...scheduler, ...mutant };
    this.#trace = trace;
    const dice = this.#dice = new Dice(seed);
    const pace = this.#pace = drawPace(new Dice(seed + paceSeed));
    const drawn = drawScenario(dice, new Dice(seed + rareSeed));
    const limits = { ...drawn.limits, heldBackBy: pace && paceOf(pace).holdsBack };
    const scenario = this.#scenario = { ...drawn, limits };
    const guard = (act: () => void) => void this.#guard(act);
    this.#blocks = new BlockStore(scenario.block);
    this.#host = new FakeHost({ scenario, dice, agenda: this.#agenda, surroundings: this, guard });
    this.#rests = new RestLedger(limits.keepsPlaces);
    this.#ledger = this.#newLedger();
    this.#input = new FakeInput(scenario, dice, this.#agenda, guard);
    trace?.push(JSON.stringify({ scenario, pace }));
  }

  /** Runs until everything is done. Returns the promise that was broken, if one was. */
  async run(): Promise<string | undefined> {
    let over = false;
    const live = this.#live().catch((error) => this.#break(`threw: ${error.stack}`)).then(() => over = true);
    await this.#agenda.settle();
    const most = 2_000 + 400 * this.#scenario.items;
    for (let turn = 0; this.broken === undefined; turn++) {
      if (turn > most) this.#break("no end in sight");
      const more = await this.#agenda.next().catch((error) => this.#break(`threw: ${error.stack}`));
      if (over) break;
      this.#guard(() => this.#checkPace());
      if (more === false) {
        this.#guard(() => this.#checkStuck());
        return this.broken;
      }
    }
    if (over) await live;
    return this.broken;
  }

  async #live(): Promise<void> {
    const { slots, limits, retry, loadMs, stopAt, deaths, tunings } = this.#scenario;
    const clock = {
      now: () => this.#agenda.now(),
      wait: (ms: number) => this.#wait(ms),
    };
    const watched: Scheduler = {
      initialState: (given, batch) => this.#state = this.#scheduler.initialState({ ...given, ...limits }, batch),
      step: (state, event) => this.#step(state, event),
      hasPlace: (state, most) => this.#scheduler.hasPlace(state, most),
      wantsInput: (state) => this.broken === undefined && this.#scheduler.wantsInput(state),
    };
    const { host } = this.#host;
    const options = { job, name: "job", threads: slots, tasks: limits.tasks, host, format, retry, loadMs, clock };
    const random = () => this.#dice.below(100) / 100;
    const parts = { scheduler: watched, blocks: this.#blocks, slotCredit: this.#scenario.credit, random };
    let pool: Pool;
    try {
      pool = await openPool({ ...options, signal: this.#stop.signal }, parts);
    } catch (error) {
      return void this.#guard(() => this.#checkUnopened(error));
    }
    const start = this.now;
    for (const at of deaths) this.after(at, () => this.#host.kill());
    if (stopAt !== undefined) this.after(stopAt, () => this.#stop.abort());
    const moments = tunings.map((at) => start + at).sort((a, b) => a - b);
    const tune = (now: number) => {
      if (moments.length === 0 || moments[0] > now) return undefined;
      moments.shift();
      return { threads: this.#dice.between(1, 4), tasks: this.#dice.between(1, 8) };
    };
    const tuner: Tuner = {
      width: { threads: slots, tasks: limits.tasks },
      finding: undefined,
      settled: false,
      yields: false,
      reportMs: 10,
      get listens() {
        return moments.length > 0;
      },
      observe: (_, now) => tune(now),
      interrupt: () => {},
      tick: tune,
    };
    for (let run = 0; run < this.#scenario.runs; run++) {
      if (run > 0) this.#renew();
      if (!await this.#consume(pool, tuner)) break;
    }
    await pool.close();
    this.#checkClosed();
  }

  /** One run. Returns whether the pool can do another one. */
  async #consume(pool: Pool, tuner: Tuner): Promise<boolean> {
    const { limits, timeoutMs, maxMs, items } = this.#scenario;
    const { ordered, retries, steal } = limits;
    const pace = this.#pace && paceOf(this.#pace);
    this.#paceLedger = this.#pace && new PaceLedger(this.#pace);
    const consumer = new Consumer(this.#ledger);
    const { noted } = this.#ledger;
    const attempts = new AttemptLog(({ line, attempt, error }) =>
      void noted.push(`${line - 1} ${attempt} ${error === undefined ? "ok" : "failed"}`)
    );
    try {
      const rest = { timeoutMs, tuner, watcher: attempts, pace, brake: this.#brake() };
      for await (const deliveries of pool.run(this.#input, { ordered, retries, steal, ...rest })) {
        this.consumes = true;
        await this.#agenda.wait(this.#dice.below(maxMs.consumer + 1)).done;
        this.consumes = false;
        if (this.#ledger.gaveUp) continue;
        this.#guard(() => {
          const taken = consumer.take(deliveries);
          this.#input.taken(taken.items, taken.bytes);
        });
      }
    } catch (error) {
      this.#guard(() => this.#checkFailure(error));
      return false;
    }
    this.#guard(() => {
      if (consumer.had !== this.#ledger.released.length) throw new Violation("an outcome is not consumed");
      if (this.#ledger.gaveUp) throw new Violation("the run gave up, and does not say so");
      const [ended, logged] = [this.#ledger.attempts, noted].map((all) => all.toSorted().join());
      if (ended !== logged) throw new Violation(`attempts: ended ${ended}, logged ${logged}`);
      if (this.#ledger.stopped) this.#checkStopped();
      else this.#checkEnd(items);
    });
    return !this.#ledger.stopped && this.broken === undefined;
  }

  /** Holds starts back for some times, which all end. */
  #brake(): Brake {
    const times = this.#scenario.holds.toSorted((a, b) => a - b);
    if (times.length % 2 === 1) times.push((times.at(-1) ?? 0) + 30);
    let moments: { act: (() => void) | undefined }[] = [];
    return {
      why: undefined,
      start: ({ hold }) => {
        moments = times.map((at, i) =>
          this.#agenda.after(at, () => {
            this.#isHeld = false; // slots may start something at once
            hold(i % 2 === 0 ? 0 : Infinity);
            this.#isHeld = i % 2 === 0;
          })
        );
      },
      stop: () => {
        for (const moment of moments) moment.act = undefined;
        this.#isHeld = false;
      },
    };
  }

  #renew(): void {
    this.table = new Table();
    this.#endless = [];
    this.#rests = new RestLedger(this.#scenario.limits.keepsPlaces);
    this.#ledger = this.#newLedger();
    this.#input = new FakeInput(this.#scenario, this.#dice, this.#agenda, (act) => void this.#guard(act));
  }

  #newLedger(): Ledger {
    const { limits, retry, timeoutMs } = this.#scenario;
    return new Ledger(limits, retry.names, this.table, this.#host.slots, timeoutMs);
  }

  #wait(ms: number) {
    const wait = this.#agenda.wait(ms);
    let open = true;
    const close = () => {
      if (open) this.#waits--;
      open = false;
    };
    this.#waits++;
    wait.done.then(close);
    return {
      done: wait.done,
      cancel() {
        close();
        wait.cancel();
      },
    };
  }

  /** Lets the scheduler decide, and checks each of its commands before the pool executes it, and its state afterwards. */
  *#step(state: State, event: Event): Generator<Command, void> {
    const ledger = this.#ledger;
    const may = (act: () => void) => this.broken === undefined && this.#guard(act);
    this.#trace?.push(`${this.now} ${JSON.stringify(event)}`);
    if (ledger.gaveUp) return yield* this.#scheduler.step(state, event);
    if (this.#dice.chance(0.01)) may(() => this.#checkSpared(state));
    if (!may(() => ledger.onMessage(event, this.now))) return;
    if (event.kind === "stopped") {
      this.#input.close();
      this.#paceLedger?.clear();
    }
    if (event.kind === "release" && !may(() => this.#checkStart(event.item))) return;
    const commands = [...this.#scheduler.step(state, event)];
    this.#rests.saw(event, commands);
    for (const command of commands) {
      this.#trace?.push(`  ${JSON.stringify(command)}`);
      if (!may(() => ledger.check(command, state))) return;
      if (command.kind === "fail") this.#end(command.item, 0);
      if (command.kind === "hold") this.#hold(command.range);
      yield command;
    }
    if (event.kind === "ended") {
      for (const { first, end, bytes } of event.stretches) {
        if (state.backingOff.has(first)) continue;
        for (let item = first; item < end; item++) this.#end(item, item === first ? bytes : 0);
      }
    }
    if (ledger.gaveUp) return;
    may(() => {
      ledger.compare(state, this.#steps++ % 16 === 0);
      if (!ledger.stopped) this.#rests.compare(state);
      if (!ledger.stopped) checkIdle(state, this.#host.slots, this.table, ledger.asking);
      if (event.kind === "release") this.#checkReleased(state, event.item);
    });
  }

  #end(item: number, bytes: number): void {
    this.#input.end(item, bytes);
    this.#paceLedger?.ended(item);
  }

  #hold({ first, end }: Range): void {
    for (let item = first; item < end; item++) {
      const bytes = this.#blocks.bytesOf(item);
      this.#paceLedger?.hold(item, this.#pace?.keys && bytes && keyOf(bytes));
    }
  }

  #checkStart(item: number): void {
    const broken = this.#paceLedger?.start(item, this.now);
    if (broken !== undefined) throw new Violation(broken);
  }

  /** A released item is in a slot that can start it; the one that all others wait for may be in any slot. */
  #checkReleased(state: State, item: number): void {
    if (state.limits.ordered && item === state.nextOut) return;
    if (this.#isHeld) throw new Violation(`${item} is released while nothing may start`);
    const slot = [...state.slots.values()].find(({ held }) => held.has(item));
    if (slot === undefined || slot.held.size + slot.resting.size > state.tasks) {
      throw new Violation(`${item} is released without a place`);
    }
  }

  /** What may start has started. */
  #checkPace(): void {
    const state = this.#state;
    if (this.#paceLedger === undefined || state === undefined || this.#ledger.gaveUp) return;
    const item = !this.#isHeld && this.#scheduler.hasPlace(state, Infinity)
      ? this.#paceLedger.overdue(this.now)
      : undefined;
    if (item !== undefined) throw new Violation(`${item} may start, and does not`);
  }

  /** A slot is not killed for an item that was not cancelled in it: that was in another slot, where it has been lost. */
  #checkSpared(state: State): void {
    for (const [slot, { held, cancelled }] of state.slots) {
      const item = held.lowest;
      if (item === undefined || cancelled.has(item)) continue;
      const commands = [...this.#scheduler.step(state, { kind: "expired", slot, item, holders: [item] })];
      if (commands.length > 0) throw new Violation(`slot ${slot} is killed for ${item}`);
    }
  }

  /** A run that has given up promises nothing any more: its consumer hears of it when it has taken the rest. */
  #guard(act: () => void): boolean {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      if (!this.#ledger.gaveUp) this.#break(error.message);
    }
    return this.broken === undefined;
  }

  #break(what: string): void {
    this.#trace?.push(what);
    this.broken ??= what;
  }

  /** Nothing happens any more. That is allowed only if items never end and no idle slot is left that could do more. */
  #checkStuck(): void {
    if (this.#ledger.stopped) throw new Violation("a stopped run goes on");
    const endless = this.#endless.some(({ item, slot }) => this.table.phase(item, slot) === "started" && !slot.dead);
    if (!endless) throw new Violation("nothing happens any more");
    const { slots = new Map<number, SlotState>(), threads = 0 } = this.#state ?? {};
    const idle = [...slots].some(([id, { held }]) => held.size === 0 && id < threads); // others get nothing
    if (idle && this.#input.mayRead && !this.#input.isReading) {
      throw new Violation("an idle slot, and no input is wanted");
    }
  }

  /** After a run that was not stopped, each item has its outcome, and nothing is left of it. */
  #checkEnd(items: number): void {
    const state = this.#state;
    if (state === undefined || !isDone(state) || this.#ledger.counts.delivered !== items) {
      throw new Violation(`${this.#ledger.counts.delivered} of ${items} were delivered`);
    }
    const left = [state.untaken, state.bytesOut, state.attempts.size, state.yielded.size];
    if (left.some((count) => count !== 0)) throw new Violation(`left over: ${left}`);
    if (this.#blocks.bytesTaken !== this.#blocks.bytesFreed) throw new Violation("a block is not free");
  }

  /** A run that was stopped goes on only as long as an item runs. */
  #checkStopped(): void {
    const runs = this.#host.all.some((slot) => !slot.dead && this.table.running(slot).length > 0);
    if (!runs && this.#state !== undefined && !isDone(this.#state)) {
      throw new Violation("a stopped run waits for nothing");
    }
  }

  #checkUnopened(error: unknown): void {
    const { loadMs, maxMs, odds } = this.#scenario;
    const late = loadMs < maxMs.start && String(error).includes("has not loaded within");
    if (!late && odds.stillborn === 0) throw new Violation(`the pool does not open: ${error}`);
    this.#checkClosed();
  }

  #checkFailure(error: unknown): void {
    const { loadMs, maxMs } = this.#scenario;
    const gaveUp = error instanceof TandemError && error.code === "gave-up";
    const late = loadMs < maxMs.start && String(error).includes("has not loaded within");
    if (!late && !(gaveUp && this.#ledger.gaveUp)) throw error;
  }

  #checkClosed(): void {
    const left = this.#host.all.filter(({ terminated }) => !terminated);
    if (left.length > 0) this.#break(`${left.length} slots are not terminated`);
    if (this.#waits > 0) this.#break(`${this.#waits} waits are open`);
  }

  get now(): number {
    return this.#agenda.now();
  }

  get keepsPlaces(): boolean {
    return this.#scenario.limits.keepsPlaces;
  }

  get atOnce(): boolean {
    return this.#scenario.atOnce;
  }

  after(ms: number, act: () => void): void {
    this.#agenda.after(ms, () => void this.#guard(act));
  }

  fate(slot: FakeSlot, item: number): Fate {
    const fate = drawFate(this.#scenario, this.#dice);
    this.#trace?.push(`${this.now} ${slot.id} starts ${item}: ${JSON.stringify({ ...fate, ms: String(fate.ms) })}`);
    if (fate.ms === Infinity && this.#scenario.timeoutMs === 0) this.#endless.push({ item, slot });
    this.#guard(() => {
      this.#ledger.starts(item);
      if (this.#isHeld && slot.sharesControl && item !== slot.awaited) throw new Violation(`${item} starts while held`);
    });
    return fate;
  }

  flip(): boolean {
    return this.#dice.chance(0.5);
  }

  bytes(): number {
    return this.#dice.below(this.#scenario.maxItemBytes + 1);
  }
}
