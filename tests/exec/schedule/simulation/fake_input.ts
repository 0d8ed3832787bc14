import type { BlockStore, HeldBlock } from "../../../../lib/exec/input/block_store.ts";
import type { ItemSource } from "../../../../lib/exec/input/item_source.ts";
import type { Line } from "../../../../lib/exec/wire/numbers.ts";
import type { Agenda } from "./agenda.ts";
import { Violation } from "./ledger.ts";
import type { Dice, Scenario } from "./scenario.ts";

/** Items that come in chunks. Counts independently of lib/exec how much memory items and outcomes keep. */
export class FakeInput implements ItemSource {
  readonly #scenario: Scenario;
  readonly #dice: Dice;
  readonly #agenda: Agenda;
  readonly #guard: (act: () => void) => void;
  readonly #blockOf: HeldBlock[] = [];
  /** How many items of each block have not ended. */
  readonly #open = new Map<HeldBlock, number>();
  #reading = false;
  #ended = false;
  #closed = false;
  #untaken = 0;
  #bytesOut = 0;

  constructor(scenario: Scenario, dice: Dice, agenda: Agenda, guard: (act: () => void) => void) {
    this.#scenario = scenario;
    this.#dice = dice;
    this.#agenda = agenda;
    this.#guard = guard;
  }

  /** Whether the window has room. */
  get mayRead(): boolean {
    const { windowItems, windowBytes } = this.#scenario.limits;
    return !this.#ended && !this.#closed && this.#untaken < windowItems &&
      (this.#untaken === 0 || this.#bytesIn < windowBytes && this.#bytesOut < windowBytes);
  }

  get isReading(): boolean {
    return this.#reading;
  }

  read(blocks: BlockStore): Promise<boolean> {
    this.#guard(() => {
      if (this.#reading || !this.mayRead) throw new Violation("wants input that must not come");
    });
    this.#reading = true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#agenda.after(this.#dice.below(this.#scenario.maxMs.input + 1), () => {
      this.#reading = false;
      const { items, largestChunk, maxItemBytes } = this.#scenario;
      const left = items - this.#blockOf.length;
      const count = Math.min(left, this.#dice.below(largestChunk + 1));
      for (let i = 0; i < count; i++) {
        const bytes = new Uint8Array(this.#dice.below(maxItemBytes + 1));
        const line = this.#blockOf.length + 1 as Line;
        const block = blocks.blockFor(bytes.length, line);
        blocks.append(bytes, line);
        this.#blockOf.push(block);
        this.#open.set(block, (this.#open.get(block) ?? 0) + 1);
      }
      this.#untaken += count;
      this.#ended = count === left;
      resolve(count < left);
    });
    return promise;
  }

  /** No input may be read any more. */
  close(): void {
    this.#closed = true;
  }

  /** An item has ended for good. `bytes`: its output. */
  end(item: number, bytes: number): void {
    const block = this.#blockOf[item];
    this.#open.set(block, (this.#open.get(block) ?? 0) - 1);
    this.#bytesOut += bytes;
  }

  /** The consumer has taken the outcomes of items. */
  taken(items: number, bytes: number): void {
    this.#untaken -= items;
    this.#bytesOut -= bytes;
  }

  /** Memory of blocks with items that have not ended, and of the block that is being filled. */
  get #bytesIn(): number {
    let bytes = 0;
    for (const [block, open] of this.#open) {
      if (open > 0 || block === this.#blockOf.at(-1)) bytes += block.buffer.byteLength;
    }
    return bytes;
  }
}
