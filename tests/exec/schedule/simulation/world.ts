import {
  type Command,
  type Event,
  initialState,
  isDone,
  type SlotId,
  type State,
  type Stretch,
} from "../../../../lib/exec/schedule/scheduler.ts";
import { Agenda } from "./agenda.ts";
import { checkEnd, checkIdle } from "./checks.ts";
import { FakeSlot, type Surroundings } from "./fake_slot.ts";
import { Ledger, Violation } from "./ledger.ts";
import { Dice, drawFate, drawScenario, type Fate, type Scenario } from "./scenario.ts";
import { Stdio } from "./stdio.ts";
import { Table } from "./table.ts";

/** What is simulated. */
export interface Scheduler {
  step(state: State, event: Event): Command[];
  wantsInput(state: State): boolean;
}

/** As in lib/exec: how long a cancelled item may take to end, and the first back-off of a failed item. */
const graceMs = 100;
const backOffMs = 100;

/** The world of one seed: fake slots, stdin, consumer and clock that drive a scheduler as lib/exec does. */
export class World implements Surroundings {
  readonly table = new Table();
  readonly #scheduler: Scheduler;
  readonly #trace: string[] | undefined;
  readonly #dice: Dice;
  readonly #scenario: Scenario;
  readonly #agenda = new Agenda();
  readonly #slots = new Map<SlotId, FakeSlot>();
  readonly #state: State;
  readonly #ledger: Ledger;
  readonly #stdio: Stdio;
  #tasks: number;
  /** How many reclaims have not been answered. */
  #asked = 0;
  /** How many events are being handled: a host may answer while the commands of another event are being executed. */
  #depth = 0;
  #steps = 0;
  /** Items that never end. */
  readonly #endless: { readonly item: number; readonly slot: FakeSlot }[] = [];

  constructor(seed: number, scheduler: Scheduler, trace?: string[]) {
    this.#scheduler = scheduler;
    this.#trace = trace;
    this.#dice = new Dice(seed);
    this.#scenario = drawScenario(this.#dice);
    const { limits } = this.#scenario;
    this.#tasks = limits.tasks;
    this.#state = initialState(limits);
    this.#ledger = new Ledger(limits, this.table, this.#slots);
    this.#stdio = new Stdio(this.#scenario, this.#dice, this.#agenda, this.#ledger, (event) => this.#dispatch(event));
    trace?.push(JSON.stringify(this.#scenario));
  }

  /** Runs until everything is done. Throws a Violation if it never is, or if a promise is broken. */
  run(): void {
    const { slots, deaths, tunings, stopAt, items } = this.#scenario;
    for (let id = 0; id < slots; id++) this.#start(id);
    for (const at of deaths) {
      this.after(at, () => this.#slots.size > 0 && this.died(this.#dice.of(...this.#slots.values())));
    }
    for (const at of tunings) this.after(at, () => this.#tune());
    if (stopAt !== undefined) this.after(stopAt, () => this.#stop());
    this.#read();
    const most = 1_000 + 200 * items;
    for (let turn = 0; !this.#isOver && this.#agenda.next(); turn++) {
      if (turn > most) throw new Violation("no end in sight");
    }
    if (!this.#isOver) this.#checkStuck();
    else if (!this.#ledger.stopped && !this.#ledger.gaveUp) checkEnd(this.#state, this.#ledger, items);
  }

  get #isOver(): boolean {
    return this.#ledger.gaveUp || isDone(this.#state) && this.#stdio.isQuiet;
  }

  /** Nothing happens any more. That is allowed only if items never end and no idle slot is left that could do more. */
  #checkStuck(): void {
    const endless = this.#endless.some(({ item, slot }) => !slot.gone && this.table.phase(item, slot) === "started");
    const waits = this.#ledger.stopped && [...this.#slots.values()].some((slot) => slot.waitsForNextOut);
    if (!endless && !waits) throw new Violation("nothing happens any more");
    const idle = [...this.#state.slots.values()].some(({ held }) => held.size === 0);
    if (idle && this.#stdio.mayRead) throw new Violation("an idle slot, and no input is wanted");
  }

  get room(): number {
    return this.#ledger.stopped ? 0 : this.#tasks;
  }

  get nextOut(): number | undefined {
    return this.#scenario.limits.ordered ? this.#state.nextOut : undefined;
  }

  get now(): number {
    return this.#agenda.now;
  }

  after(ms: number, act: () => void): void {
    this.#agenda.after(ms, act);
  }

  fate(slot: FakeSlot, item: number): Fate {
    const fate = drawFate(this.#scenario, this.#dice);
    this.#trace?.push(`${this.now} ${slot.id} starts ${item}: ${JSON.stringify({ ...fate, ms: String(fate.ms) })}`);
    if (fate.ms === Infinity && this.#scenario.timeoutMs === 0) this.#endless.push({ item, slot });
    this.#ledger.starts(item);
    return fate;
  }

  delay(): number {
    return this.#dice.below(this.#scenario.maxMs.message + 1);
  }

  bytes(): number {
    return this.#dice.below(this.#scenario.maxItemBytes + 1);
  }

  report(slot: FakeSlot, yielded: readonly number[], stretches: readonly Stretch[], ms: number): void {
    for (const item of yielded) this.#dispatch({ kind: "yielded", item });
    this.#dispatch({ kind: "ended", slot: slot.id, stretches, ms });
    for (const { first, end, bytes } of stretches) {
      if (this.#state.backingOff.has(first)) continue;
      for (let item = first; item < end; item++) this.#stdio.end(item, item === first ? bytes : 0);
    }
  }

  died(slot: FakeSlot): void {
    slot.gone = true;
    this.#slots.delete(slot.id);
    const { dies } = this.#scenario;
    const started = this.#ledger.loseSlot(slot, dies);
    if (dies === "thread") this.#dispatch({ kind: "died", slot: slot.id, started });
    else this.#dispatch({ kind: "crashed", slot: slot.id, started: dies === "process, known" ? started : undefined });
  }

  overdue(slot: FakeSlot, item: number): void {
    this.#dispatch({ kind: "overdue", slot: slot.id, item });
  }

  #dispatch(event: Event): void {
    this.#trace?.push(`${this.now} ${JSON.stringify(event)}`);
    this.#ledger.onMessage(event);
    this.#depth++;
    for (const command of this.#scheduler.step(this.#state, event)) {
      this.#trace?.push(`  ${JSON.stringify(command)}`);
      this.#ledger.check(command);
      this.#execute(command);
    }
    if (--this.#depth === 0 && !this.#ledger.gaveUp) {
      this.#ledger.compare(this.#state, this.#steps++ % 16 === 0);
      if (!this.#ledger.stopped) checkIdle(this.#state, this.#slots, this.table, this.#asked > 0);
    }
    this.#read();
  }

  #read(): void {
    if (!this.#isOver && this.#scheduler.wantsInput(this.#state)) this.#stdio.read();
  }

  /** Executes a command. The ledger has checked that its slot, if it names one, exists. */
  #execute(command: Command): void {
    switch (command.kind) {
      case "send": {
        const { first, end } = command.range;
        const slot = this.#slots.get(command.slot)!;
        this.table.assign(command.range, slot);
        return this.after(this.delay(), () => slot.take(first, end));
      }
      case "reclaim":
        return this.#reclaim(this.#slots.get(command.slot)!, command);
      case "start":
        return this.#start(command.slot);
      case "kill":
        this.#slots.get(command.slot)!.gone = true;
        this.#slots.delete(command.slot);
        return;
      case "cancel":
        return this.#cancel(this.#slots.get(command.slot)!, command.item);
      case "fail":
        return this.#stdio.end(command.item, 0);
      case "backOff": {
        const { item, attempt } = command;
        this.#stdio.letGo(item);
        return this.after(backOffMs * 2 ** (attempt - 2), () => this.#dispatch({ kind: "retryDue", item }));
      }
      case "deliver":
        this.#stdio.deliver(command.range.first, command.range.end);
        return this.#publishNextOut();
      case "giveUp":
        return;
      default:
        return command satisfies never;
    }
  }

  #start(id: SlotId): void {
    const slot = new FakeSlot(id, this, this.#scenario.timeoutMs, this.#scenario.credit);
    this.#slots.set(id, slot);
    this.after(this.#dice.below(this.#scenario.maxMs.start + 1), () => {
      if (slot.gone) return;
      slot.up = true;
      this.#dispatch({ kind: "ready", slot: id });
    });
  }

  /** Main reads a thread's table itself. A process answers for its table; items that it took back are lost if it dies first. */
  #reclaim(slot: FakeSlot, { ranges }: Command & { kind: "reclaim" }): void {
    const { hostMs } = this.#scenario;
    const answer = (taken: readonly { first: number; end: number }[]) =>
      this.#dispatch({ kind: "reclaimed", slot: slot.id, ranges: taken });
    if (hostMs === 0) return answer(this.table.reclaim(ranges, slot));
    this.#asked++;
    this.after(this.#dice.below(hostMs + 1), () => {
      const taken = this.table.reclaim(ranges, slot);
      this.after(this.#dice.below(hostMs + 1), () => {
        this.#asked--;
        if (!slot.gone) answer(taken);
      });
    });
  }

  /** After the grace time, a thread's table shows whether the item still runs; for a process this is known too late. */
  #cancel(slot: FakeSlot, item: number): void {
    this.after(this.delay(), () => slot.cancel(item));
    this.after(graceMs, () => {
      const late = this.#scenario.hostMs > 0;
      if (late || !slot.gone && this.table.phase(item, slot) === "started") {
        this.#dispatch({ kind: "expired", slot: slot.id, item });
      }
    });
  }

  #publishNextOut(): void {
    for (const [id, slot] of this.#slots) {
      if (this.#state.slots.get(id)?.held.has(this.#state.nextOut)) this.after(this.delay(), () => slot.resume());
    }
  }

  #tune(): void {
    this.#tasks = this.#dice.between(1, 8);
    const add = [0, 1, 2, 3].filter((id) => !this.#slots.has(id) && this.#dice.chance(0.5));
    this.#dispatch({ kind: "tuned", tasks: this.#tasks, add });
  }

  #stop(): void {
    this.#dispatch({ kind: "stopped" });
    for (const slot of this.#slots.values()) this.after(this.delay(), () => slot.cancel());
  }
}
