import { max, push } from "../../natives.ts";

/** What the reading of loop lag needs. */
export interface LagOptions {
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
}

/** How often a timer is due while there is work, in milliseconds. */
export const tickMs = 5;

/**
 * What a timer of Deno takes more than it is asked for on a loop that has nothing else to do, in whole milliseconds: one of
 * 4 ms fires after 5.2, one of 5 ms after 6.3 (2.9.6 on Linux; 98 of 100 within 0.3 ms of that, wherever in a millisecond
 * they are set).
 */
const ownMs = 1;

/**
 * How late timers fire on this thread's loop while it has work. A timer is set to `ownMs` less than a tick and is due
 * after the whole tick, so that what Deno's timers take by themselves does not count as lag: an idle loop shows about 0.2 ms. One that
 * fires early has no lag.
 *
 * There is one timer at a time, set again when it has fired, so a loop that is blocked would show one lag for all the ticks it
 * missed. They are made up for: a timer that fires L late stands for ticks that were L, L - 5, L - 10, ... late, down to 0.
 * (Coordinated omission, as HdrHistogram's `recordValueWithExpectedInterval` corrects it; its values go down to the interval,
 * which is where the next real one would be, ours to 0, because our next tick comes a whole interval after the late one.)
 *
 * A lag counts from the beginning of work, and up to its end: a timer that is overdue when work ends has lagged so far. What
 * is then still set fires once more without effect, unless there is work again by then.
 */
export class LoopLag {
  readonly #options: LagOptions;
  #lags: number[] = [];
  /** When the timer that is under way is due; undefined if there is none. */
  #due: number | undefined;
  /** When work began; undefined while there is none. */
  #since: number | undefined;

  constructor(options: LagOptions) {
    this.#options = options;
  }

  /** There is work. */
  begin(): void {
    if (this.#since !== undefined) return;
    this.#since = this.#options.now();
    if (this.#due === undefined) this.#set(this.#since);
  }

  /** There is no more work. */
  end(): void {
    if (this.#since === undefined) return;
    const now = this.#options.now();
    if (this.#due !== undefined && this.#due < now) this.#note(now, this.#due, this.#since);
    this.#since = undefined;
  }

  /** The lags since this was last asked, in milliseconds. */
  take(): readonly number[] {
    const lags = this.#lags;
    this.#lags = [];
    return lags;
  }

  #set(now: number): void {
    this.#due = now + tickMs;
    this.#options.after(tickMs - ownMs, this.#fired);
  }

  readonly #fired = (): void => {
    const due = this.#due;
    this.#due = undefined;
    if (this.#since === undefined || due === undefined) return;
    const now = this.#options.now();
    this.#note(now, due, this.#since);
    this.#set(now);
  };

  #note(now: number, due: number, since: number): void {
    let lag = now - max(due, since);
    push(this.#lags, max(lag, 0));
    for (lag -= tickMs; lag > 0; lag -= tickMs) push(this.#lags, lag);
  }
}
