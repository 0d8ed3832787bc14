import type { Event } from "../../../../lib/exec/schedule/scheduler.ts";
import type { Agenda } from "./agenda.ts";
import { type Ledger, Violation } from "./ledger.ts";
import type { Dice, Scenario } from "./scenario.ts";

/** Fake stdin, and a fake consumer of deliveries. Counts independently how much memory they keep. */
export class Stdio {
  /** Items come in blocks of memory, one for the items that come at once. */
  readonly #blocks: { readonly bytes: number; open: number; free: boolean }[] = [];
  readonly #blockOf: number[] = [];
  readonly #scenario: Scenario;
  readonly #dice: Dice;
  readonly #agenda: Agenda;
  readonly #ledger: Ledger;
  readonly #dispatch: (event: Event) => void;
  #reading = false;
  #ended = false;
  #untaken = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  #ready: number[] = [];
  #taking = false;

  constructor(scenario: Scenario, dice: Dice, agenda: Agenda, ledger: Ledger, dispatch: (event: Event) => void) {
    this.#scenario = scenario;
    this.#dice = dice;
    this.#agenda = agenda;
    this.#ledger = ledger;
    this.#dispatch = dispatch;
  }

  /** Whether nothing is being read or taken. */
  get isQuiet(): boolean {
    return !this.#reading && !this.#taking;
  }

  /** Whether the window has room. */
  get mayRead(): boolean {
    const { windowItems, windowBytes } = this.#scenario.limits;
    return !this.#ended && !this.#ledger.stopped && this.#untaken < windowItems &&
      (this.#untaken === 0 || this.#bytesIn < windowBytes && this.#bytesOut < windowBytes);
  }

  /** Input is wanted. It arrives later, when much may have changed. */
  read(): void {
    if (this.#reading) return;
    if (!this.mayRead) throw new Violation("wants input that must not come");
    this.#reading = true;
    this.#agenda.after(this.#dice.below(this.#scenario.maxMs.input + 1), () => this.#input());
  }

  /** An item has ended, for good. */
  end(item: number, bytes: number): void {
    this.#bytesOut += bytes;
    const block = this.#blocks[this.#blockOf[item]];
    block.open--;
    if (block !== this.#blocks.at(-1)) this.#free(block); // it may still be filled
  }

  deliver(first: number, end: number): void {
    for (let item = first; item < end; item++) this.#ready.push(item);
    this.#take();
  }

  /** The output of an item is no longer in use: its slot may produce more. Returns its bytes. */
  letGo(item: number): number {
    const entry = this.#ledger.items[item];
    const { bytes, slot } = entry;
    entry.bytes = 0;
    if (bytes > 0) this.#agenda.after(this.#dice.below(this.#scenario.maxMs.message + 1), () => slot?.taken(bytes));
    return bytes;
  }

  #input(): void {
    const { largestChunk, maxItemBytes, items } = this.#scenario;
    const left = items - this.#ledger.items.length;
    const count = Math.min(left, this.#dice.below(largestChunk + 1));
    const bytes = count * this.#dice.below(maxItemBytes + 1);
    if (count > 0) {
      const last = this.#blocks.at(-1);
      if (last !== undefined) this.#free(last);
      for (let i = 0; i < count; i++) this.#blockOf.push(this.#blocks.length);
      this.#blocks.push({ bytes, open: count, free: false });
    }
    this.#reading = false;
    this.#untaken += count;
    this.#bytesIn += bytes;
    this.#ended = count === left;
    this.#dispatch({ kind: "input", count, bytes, last: this.#ended });
  }

  #free(block: { readonly bytes: number; readonly open: number; free: boolean }): void {
    if (block.open > 0 || block.free) return;
    block.free = true;
    this.#bytesIn -= block.bytes;
    this.#dispatch({ kind: "freed", bytes: block.bytes });
  }

  /** The consumer takes everything, and releases it later. */
  #take(): void {
    if (this.#taking || this.#ready.length === 0) return;
    const ready = this.#ready;
    this.#ready = [];
    this.#taking = true;
    this.#agenda.after(this.#dice.below(this.#scenario.maxMs.consumer + 1), () => {
      this.#taking = false;
      this.#untaken -= ready.length;
      const bytes = ready.reduce((sum, item) => sum + this.letGo(item), 0);
      this.#bytesOut -= bytes;
      this.#dispatch({ kind: "taken", items: ready.length, bytes });
      this.#take();
    });
  }
}
