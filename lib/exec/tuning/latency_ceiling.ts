import type { Latency } from "../../model/result.ts";
import { LogHistogram } from "../../stats/log_histogram.ts";
import { spanWords } from "../wire/probed.ts";
import type { Ceiling } from "./ceiling.ts";
import { ComputingShare } from "./computing_share.ts";
import { LatencyWindow } from "./latency_window.ts";
import type { SlotReading } from "./slot_reading.ts";
import type { Finding } from "./tuner.ts";

/** Places at first, and how many items say enough then. */
const first = { places: 8, items: 8 };

/** What is aimed at when places follow from a time: a part of the target. */
const aim = 0.9;

/** The most that a step may change: at the start, later, and where items took too long. */
const most = { first: 4, later: 2, down: 0.25 };

/**
 * A step up that is worth trying at first, and once a width has failed; how steps grow as long as none fails; and how far a width that
 * failed is from one that held, so that one between is worth its late items.
 */
const step = { first: 1.25, fine: 1.15, faster: 1.1, far: 1.3 };

/** How long nothing wider is tried after a failure, in milliseconds. */
const holdMs = { least: 1_000, most: 60_000 };

/** How long the items of a width that failed may need to end, in targets: one that hangs must not blind the run. */
const longestDrain = 5;

/** The share of items that trying more places may make too late. */
const budget = 0.005;

/** Threads that compute more than this share of their time make their items wait for one another. */
const busy = 0.8;

/**
 * How many places a run may have so that the p99 of its items' times, from start to end, stays below a target.
 *
 * At first places grow by the factor that would just meet the target if times grew as the places do, which is how a queue behaves:
 * up to four times at once (the gradient of Netflix's concurrency-limits). Then a window of 100 to 1,000 items decides each step: too
 * long, and the run goes back to the widest width that held, or to the part that the times themselves suggest; clearly below, and
 * a wider one is tried, half-way to the narrowest that failed. In between nothing changes. Once the two are 30 % apart, the next try
 * has to wait until the items that the last one made late are few among all: trying has a budget (the error budget of Google's SRE).
 */
export class LatencyCeiling implements Ceiling {
  readonly #targetMs: number;
  readonly #maxThreads: number;
  readonly #all = new LogHistogram();
  readonly #computing = new ComputingShare();
  #spreads = false;
  #places = first.places;
  /** Of the run, at the last reading. */
  #width = 0;
  #readAt = 0;
  #window: LatencyWindow;
  /** How long the items of the last failure need to end. */
  #drainMs = 0;
  /** Items that began before had more others beside them, or were the first, which open connections; undefined: none has ended. */
  #widerUntil: number | undefined;
  #starting = true;
  /** The widest width that held. */
  #good = 0;
  /** The narrowest width that failed. */
  #bad = Infinity;
  #failedAt = -Infinity;
  /** Late items of the last failure, and all items since. */
  #late = 0;
  #ended = 0;
  #growth = step.first;
  #missedMs: number | null = null;

  constructor(targetMs: number, maxThreads: number) {
    this.#targetMs = targetMs;
    this.#maxThreads = maxThreads;
    this.#window = new LatencyWindow(targetMs, 0);
  }

  get places(): number {
    return this.#places;
  }

  /** Threads that the places should be spread over at least, as far as there are places. */
  get threads(): number {
    return this.#spreads ? this.#maxThreads : 1;
  }

  /** Whether it knows what the target allows. */
  get settled(): boolean {
    return this.#bad < Infinity || this.#missedMs !== null;
  }

  /** The target, and whether it is missed. */
  get found(): Latency {
    return { targetMs: this.#targetMs, missedMs: this.#missedMs };
  }

  /** What an item takes, as half of them do. */
  get finding(): Finding | undefined {
    const itemMs = this.#all.quantile(0.5);
    return itemMs === undefined ? undefined : { itemMs };
  }

  observe(reading: SlotReading, places: number, now: number): boolean {
    const { spans = [], full = false, threads } = reading;
    this.#computing.add(reading);
    if (places !== this.#width) this.#widthChanged(places, this.#readAt); // that was when it was chosen
    this.#readAt = now;
    for (let i = 0; i < spans.length; i += spanWords) this.#add(spans[i + 2], now);
    if (spans.length > 0) this.#widerUntil ??= now;
    this.#window.addReport(full);
    const binds = places + threads > this.#places;
    return this.#starting ? this.#start(places, binds, now) : this.#judge(places, binds, now);
  }

  #widthChanged(places: number, at: number): void {
    if (places < this.#width) this.#widerUntil = at + this.#drainMs;
    this.#drainMs = 0;
    this.#width = places;
    this.#window = new LatencyWindow(this.#targetMs, at);
  }

  /** Widths count from when they were read, and so do items: as if each ended when it was reported. */
  #add(ms: number, now: number): void {
    const began = now - ms;
    this.#all.add(ms);
    this.#ended++;
    if (this.#widerUntil !== undefined && began >= this.#widerUntil) this.#window.add(ms, began);
    else if (ms > this.#targetMs) this.#late++;
  }

  #start(places: number, binds: boolean, now: number): boolean {
    if (this.#window.standing(places) === "above") return this.#fail(places, now);
    if (this.#window.own < Math.max(first.items, places) || !this.#window.full || !binds) return false;
    const factor = Math.min(most.first, aim * this.#targetMs / this.#window.p99Ms);
    this.#starting = factor >= step.first;
    return this.#starting && this.#become(Math.floor(this.#places * factor), now);
  }

  #judge(places: number, binds: boolean, now: number): boolean {
    const standing = this.#window.standing(places);
    if (standing === undefined) return false;
    if (standing === "above") return this.#fail(places, now);
    const { full } = this.#window;
    this.#window = new LatencyWindow(this.#targetMs, now);
    this.#good = places;
    this.#missedMs = null;
    return standing === "clear" && full && binds && this.#raise(places, now);
  }

  #fail(places: number, now: number): boolean {
    const { over, p99Ms } = this.#window;
    this.#starting = false;
    this.#growth = step.fine;
    this.#drainMs = Math.min(p99Ms, longestDrain * this.#targetMs);
    this.#failedAt = now;
    this.#late = over;
    this.#ended = 0;
    this.#spreads ||= (this.#computing.value ?? 0) >= busy;
    if (places === 1) this.#missedMs = p99Ms;
    this.#bad = places;
    if (this.#good >= places) this.#good = 0; // it held once
    const fits = Math.floor(places * Math.max(most.down, aim * this.#targetMs / p99Ms));
    const next = this.#good > 0 ? this.#good : Math.min(fits, Math.floor(aim * places));
    return this.#become(Math.max(1, next), now);
  }

  #raise(places: number, now: number): boolean {
    const sinceMs = now - this.#failedAt;
    if (this.#bad < Infinity) {
      if (sinceMs < holdMs.least) return false;
      const isFar = this.#bad > step.far * places + 1;
      if (!isFar && sinceMs < holdMs.most && this.#late > budget * this.#ended) return false;
      if (this.#bad > step.fine * places + 1) return this.#become(Math.ceil(Math.sqrt(places * this.#bad)), now);
      this.#bad = Infinity;
      return this.#become(Math.max(places + 1, Math.floor(step.fine * places)), now);
    }
    const next = Math.max(places + 1, Math.floor(this.#growth * places));
    this.#growth = Math.min(most.later, this.#growth * step.faster);
    return this.#become(next, now);
  }

  #become(places: number, now: number): boolean {
    this.#window = new LatencyWindow(this.#targetMs, now);
    if (places === this.#places) return false;
    this.#places = places;
    return true;
  }
}
