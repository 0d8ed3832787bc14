import { max } from "../../natives.ts";
import { controlWord } from "../wire/protocol.ts";

/** What a slot's reports about its width need of it. */
export interface WidthOptions {
  readonly control: Int32Array;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
}

/** The slot that reports. */
export interface ReportingSlot {
  /** When the last report left, in milliseconds. */
  readonly reportedAt: () => number;
  /** Whether items run. */
  readonly isRunning: () => boolean;
  /** Whether an item could start if there were a place for it. */
  readonly wantsPlace: () => boolean;
  readonly report: () => void;
}

/**
 * A slot's side of a run whose width is chosen while it goes on. Results alone would tell main too late that items wait: so it
 * reports without them too. And an item that failed after it had waited may have been one too many: its place stays empty until main tells the
 * width anew, because main cannot answer before many more have failed.
 */
export class WidthReports {
  readonly #options: WidthOptions;
  #slot: ReportingSlot | undefined;
  #isSet = false;
  #failed = 0;
  #lost = 0;

  constructor(options: WidthOptions) {
    this.#options = options;
  }

  /** Before anything else. */
  attach(slot: ReportingSlot): void {
    this.#slot = slot;
  }

  /** How many items may run at once now. */
  get places(): number {
    const tasks = this.#options.control[controlWord.tasks];
    return tasks === 0 ? 0 : max(1, tasks - this.#lost);
  }

  /** An item failed that had waited. */
  itemFailed(): void {
    this.#failed++;
    if (this.#options.control[controlWord.yields] === 1) this.#lost++;
  }

  /** Main has told the width. */
  told(): void {
    this.#lost = 0;
  }

  /** What a report says: how many items have failed since the last one, and whether others want places. */
  takeReport(): { readonly failed: number; readonly full: boolean } {
    const failed = this.#failed;
    this.#failed = 0;
    return { failed, full: this.#slot?.wantsPlace() ?? false };
  }

  /** Reports from time to time, as long as items run. */
  keepReporting(): void {
    const slot = this.#slot;
    if (this.#isSet || slot === undefined) return;
    this.#isSet = true;
    const { control, now, after } = this.#options;
    const ms = max(2, control[controlWord.reportMs]) - 1; // a timer takes a millisecond more
    after(ms, () => {
      this.#isSet = false;
      if (!slot.isRunning()) return;
      if (now() - slot.reportedAt() >= ms) slot.report();
      this.keepReporting();
    });
  }
}
