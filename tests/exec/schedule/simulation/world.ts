import { TandemError } from "../../../../lib/errors.ts";
import { BlockStore } from "../../../../lib/exec/input/block_store.ts";
import { openPool, type Pool } from "../../../../lib/exec/pool/pool.ts";
import type { Tuner } from "../../../../lib/exec/tuning/tuner.ts";
import { valueFormat } from "../../../../lib/exec/run_job.ts";
import {
  type Command,
  type Event,
  isDone,
  type Scheduler,
  scheduler,
  type State,
} from "../../../../lib/exec/schedule/scheduler.ts";
import { Agenda } from "./agenda.ts";
import { checkIdle } from "./checks.ts";
import { Consumer } from "./consumer.ts";
import { FakeHost } from "./fake_host.ts";
import { FakeInput } from "./fake_input.ts";
import type { FakeSlot, Surroundings } from "./fake_slot.ts";
import { Ledger, Violation } from "./ledger.ts";
import { Dice, drawFate, drawScenario, type Fate, type Scenario } from "./scenario.ts";
import { Table } from "./table.ts";

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
  readonly #agenda = new Agenda();
  readonly #host: FakeHost;
  readonly #blocks: BlockStore;
  readonly #stop = new AbortController();
  /** How many waits of the pool are open. */
  #waits = 0;
  #state: State | undefined;
  #ledger: Ledger;
  #input: FakeInput;
  #steps = 0;
  /** Items that never end. */
  #endless: { readonly item: number; readonly slot: FakeSlot }[] = [];

  /** `mutant`: what to replace in the scheduler. */
  constructor(seed: number, mutant: Partial<Scheduler> = {}, trace?: string[]) {
    this.#scheduler = { ...scheduler, ...mutant };
    this.#trace = trace;
    const dice = this.#dice = new Dice(seed);
    const scenario = this.#scenario = drawScenario(dice);
    const guard = (act: () => void) => void this.#guard(act);
    this.#blocks = new BlockStore(scenario.block);
    this.#host = new FakeHost({ scenario, dice, agenda: this.#agenda, surroundings: this, guard });
    this.#ledger = this.#newLedger();
    this.#input = new FakeInput(scenario, dice, this.#agenda, guard);
    trace?.push(JSON.stringify(scenario));
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
    const consumer = new Consumer(this.#ledger);
    try {
      for await (const deliveries of pool.run(this.#input, { ordered, retries, steal, timeoutMs, tuner })) {
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
      if (this.#ledger.stopped) this.#checkStopped();
      else this.#checkEnd(items);
    });
    return !this.#ledger.stopped && this.broken === undefined;
  }

  #renew(): void {
    this.table = new Table();
    this.#endless = [];
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
    if (event.kind === "stopped") this.#input.close();
    for (const command of this.#scheduler.step(state, event)) {
      this.#trace?.push(`  ${JSON.stringify(command)}`);
      if (!may(() => ledger.check(command))) return;
      if (command.kind === "fail") this.#input.end(command.item, 0);
      yield command;
    }
    if (event.kind === "ended") {
      for (const { first, end, bytes } of event.stretches) {
        if (state.backingOff.has(first)) continue;
        for (let item = first; item < end; item++) this.#input.end(item, item === first ? bytes : 0);
      }
    }
    if (ledger.gaveUp) return;
    may(() => {
      ledger.compare(state, this.#steps++ % 16 === 0);
      if (!ledger.stopped) checkIdle(state, this.#host.slots, this.table, ledger.asking);
    });
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
    const idle = [...this.#state?.slots.values() ?? []].some(({ held }) => held.size === 0);
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
    this.#guard(() => this.#ledger.starts(item));
    return fate;
  }

  flip(): boolean {
    return this.#dice.chance(0.5);
  }

  bytes(): number {
    return this.#dice.below(this.#scenario.maxItemBytes + 1);
  }
}
