import type { Delivery } from "../../../../lib/exec/pool/delivery.ts";
import { type FakeSlot, tagOf } from "./fake_slot.ts";
import { type Item, type Ledger, Violation } from "./ledger.ts";

const decoder = new TextDecoder();

/** Checks what the consumer gets: all that was released, once, in that order, and as the slots made it. */
export class Consumer {
  readonly #ledger: Ledger;
  /** How many outcomes it has had. */
  #had = 0;
  /** How many values of each item it has had. */
  readonly #values = new Map<number, number>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get had(): number {
    return this.#had;
  }

  /** Returns how many items have ended, and the bytes of their records as their slots sent them. */
  take(deliveries: readonly Delivery[]): { items: number; bytes: number } {
    const { released, items, limits } = this.#ledger;
    let count = 0;
    let sum = 0;
    for (const delivery of deliveries) {
      const { kind, first, bytes, sentBytes, source } = delivery;
      if (kind === "value") {
        const early = limits.ordered && this.#had < first;
        if (early || released.slice(0, this.#had).includes(first)) {
          throw new Violation(`values of ${first} at ${this.#had}`);
        }
        this.#checkValues(first, items[first], bytes);
        continue;
      }
      let at = 0;
      for (let item = first; item < first + delivery.items; item++) {
        if (released[this.#had++] !== item) throw new Violation(`${item} is consumed at ${this.#had - 1}`);
        if (kind === "error") this.#checkError(item, items[item], decoder.decode(bytes));
        else at = this.#checkOk(item, items[item], bytes, at);
      }
      if (kind !== "error" && at !== bytes.length) throw new Violation(`${first} has ${bytes.length} bytes, not ${at}`);
      count += delivery.items;
      if (source !== undefined) sum += sentBytes ?? bytes.length;
    }
    return { items: count, bytes: sum };
  }

  #checkOk(item: number, { slot, why }: Item, bytes: Uint8Array, at: number): number {
    if (slot === undefined || why !== undefined) throw new Violation(`${item} did not end well`);
    const end = at + (slot.lengths.get(item) ?? NaN);
    checkTags(item, bytes.subarray(at, end), tagOf(slot.generation, item));
    this.#checkAllValues(item, slot);
    return end;
  }

  #checkError(item: number, { slot, why, attempt }: Item, text: string): void {
    const { line, error, attempts = 1 } = JSON.parse(text);
    if (line !== item + 1 || attempts !== attempt) throw new Violation(`${item}, attempt ${attempt}: ${text}`);
    const right = why === "lost"
      ? ["ThreadDied", "ProcessDied"].includes(error.name)
      : why === "timeout"
      ? error.name === "TimeoutError"
      : error.message === String(slot?.generation);
    if (!right) throw new Violation(`${item}, ${why}: ${text}`);
    if (why === undefined && slot !== undefined) this.#checkAllValues(item, slot);
  }

  #checkValues(item: number, { slot }: Item, bytes: Uint8Array): void {
    const lengths = slot?.valueLengths.get(item) ?? [];
    let had = this.#values.get(item) ?? 0;
    for (let at = 0; at < bytes.length; had++) {
      const end = at + (lengths[had] ?? NaN);
      if (!(end <= bytes.length)) throw new Violation(`${item} has other values`);
      checkTags(item, bytes.subarray(at, end), tagOf(slot?.generation ?? NaN, item, had + 1));
      at = end;
    }
    this.#values.set(item, had);
  }

  #checkAllValues(item: number, slot: FakeSlot): void {
    const [had, given] = [this.#values.get(item) ?? 0, slot.valueLengths.get(item)?.length ?? 0];
    if (had !== given) throw new Violation(`${item}: ${had} of ${given} values`);
  }
}

function checkTags(item: number, bytes: Uint8Array, tag: number): void {
  if (bytes.some((byte) => byte !== tag)) throw new Violation(`${item} has the bytes of another outcome`);
}
