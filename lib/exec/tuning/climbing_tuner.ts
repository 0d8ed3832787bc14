import type { SlotReading, Width } from "./slot_reading.ts";
import { type Bounds, maxTasks, placesOf, withMoreTasks, withMoreThreads } from "./bounds.ts";
import { ComputingShare } from "./computing_share.ts";
import { ItemTimes } from "./item_times.ts";
import { busy, mayGainThreads } from "./more_threads.ts";
import { Readings } from "./readings.ts";
import { pauseMs, Rungs } from "./rungs.ts";
import { hasChanged, isSteady, type Settled } from "./settled.ts";
import type { Finding, Tuner } from "./tuner.ts";

/** Time between two looks, in milliseconds: what a slot that only waits reports twice in. */
const lookMs = 10;

/** Speeds are compared over at least this time, in milliseconds, and over a generation: an item for each place. */
const comparedMs = 30;

/** A thread that computes more than this share of its time gains nothing from more tasks. */
const fullyBusy = 0.92;

/** How often slots report: often while something is being found out, in milliseconds. */
const reportMs = { searching: lookMs, settled: 50 };

/** Slots that hold items and have not reported for so many times as long are computing. */
const silent = 3;

/** Room for more than the items that fit at the best latency. */
const headroom = 1.25;

/** What a step must bring: twice the width must pay off by more than noise; fewer tasks must not cost speed. */
const worthwhile = { tasks: 1.1, threads: 1.1, fewer: 0.97 };

/** What is being tried, and the speed it must beat, in items per millisecond; undefined if that was not measured. */
interface Trial {
  readonly kind: keyof typeof worthwhile;
  readonly before: Width;
  readonly speed: number | undefined;
}

/**
 * Widens while that pays off: more tasks while slots are full and their threads have time, more threads once they compute.
 *
 * As long as no item has told how long it takes, places double with every look: items that wait for two seconds must not
 * keep the run narrow for two seconds, and items that compute are not made slower by it. From then on each step is a trial, and
 * compared with what was before. Items from before a step still end after it, so a trial waits for them first.
 */
export class ClimbingTuner implements Tuner {
  readonly yields = false;
  readonly #bounds: Bounds;
  #width: Width;
  readonly #computing = new ComputingShare();
  /** Readings since the last look. */
  #look: Readings | undefined;
  /** Readings since the last step, or since those items ended that were running then. */
  #sum: Readings | undefined;
  /** How many of the items that ran at the last step may not have ended yet. */
  #older = 0;
  /** How many of the next generations may have items from before the items changed: no step could beat a speed of those. */
  #mixed = 0;
  #trial: Trial | undefined;
  #exhausted = { tasks: false, threads: false, fewer: false };
  #settledAt: Settled | undefined;
  readonly #times = new ItemTimes();
  #finding: Finding | undefined;
  #heardAt: number | undefined;
  #changedAt = -Infinity;
  #ramping = true;
  /** Readings since the last step. */
  #rung: Readings | undefined;
  #rungs = new Rungs();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#width = { threads: bounds.threads[0], tasks: bounds.tasks[0] };
  }

  get width(): Width {
    return this.#width;
  }

  get finding(): Finding | undefined {
    return this.#finding;
  }

  get settled(): boolean {
    return this.#settledAt !== undefined && isSteady(this.#settledAt, this.#heardAt ?? 0);
  }

  observe(reading: SlotReading, now: number): Width | undefined {
    this.#heardAt = now;
    this.#look ??= new Readings(now - lookMs);
    this.#look.add(reading);
    this.#rung ??= new Readings(now - lookMs);
    this.#rung.add(reading);
    this.#times.add(reading);
    this.#computing.add(reading);
    if (reading.threads >= this.#width.threads) this.#add(reading, now);
    if (now - this.#look.since < lookMs) return undefined;
    const look = this.#look;
    this.#look = new Readings(now);
    return this.#cut(now) ?? this.#ramp(look, this.#rung, now) ?? this.#compare(now);
  }

  interrupt(now: number): void {
    this.#look = this.#sum = this.#trial = undefined;
    this.#rungs = new Rungs();
    this.#rung = new Readings(now);
    this.#changedAt = now;
  }

  get reportMs(): number {
    return this.#settledAt === undefined ? reportMs.searching : reportMs.settled;
  }

  get listens(): boolean {
    return this.#width.threads < this.#bounds.threads[1] && !this.#exhausted.threads;
  }

  tick(now: number): Width | undefined {
    this.#heardAt ??= now;
    if (now - this.#heardAt < silent * this.reportMs || !this.listens) return undefined;
    this.#heardAt = now;
    return this.#change(withMoreThreads(this.#width, this.#bounds), now);
  }

  /** Adds to the sum once those items have ended that began before the last step. */
  #add(reading: SlotReading, now: number): void {
    if (this.#sum === undefined) this.#sum = new Readings(now); // of this reading's items some are older
    else if (this.#older > 0) {
      this.#older -= reading.items;
      this.#sum = new Readings(now);
    } else this.#sum.add(reading);
  }

  /** Does not wait for all items that are under way, if those that end now took many times as long as the quickest. */
  #cut(now: number): Width | undefined {
    const itemMs = this.#times.takeJam(now, (this.#computing.value ?? 0) >= busy);
    if (itemMs === undefined || this.#trial !== undefined) return undefined;
    this.#ramping = false;
    return this.#fewer(itemMs, undefined, now);
  }

  #fewer(itemMs: number, speed: number | undefined, now: number): Width | undefined {
    const { threads, tasks } = this.#width;
    const fits = Math.ceil(tasks * headroom * this.#times.fitting(itemMs));
    this.#trial = { kind: "fewer", before: this.#width, speed };
    return this.#change({ threads, tasks: Math.max(this.#bounds.tasks[0], fits, tasks >> 3) }, now);
  }

  /** Doubles the places as long as items wait, and more of them bring more. */
  #ramp(look: Readings, seen: Readings, now: number): Width | undefined {
    const { threads, tasks } = this.#width;
    if (!this.#ramping || this.#trial !== undefined || tasks >= maxTasks(this.#bounds, threads)) return undefined;
    if (!look.full || (this.#computing.value ?? 0) >= fullyBusy) return undefined;
    const itemMs = seen.items > 0 ? seen.itemMs : Infinity;
    if (now - this.#changedAt < pauseMs(placesOf(this.#width), itemMs)) return undefined;
    this.#rungs.add({ places: placesOf(this.#width), items: seen.items, speed: seen.speed(now) });
    if (this.#rungs.haveStalled) return this.#backToBest(now);
    return this.#change(withMoreTasks(this.#width, this.#bounds), now);
  }

  /** To the fewest places that were about as quick as any. */
  #backToBest(now: number): Width | undefined {
    const { bestPlaces } = this.#rungs;
    this.#rungs = new Rungs();
    this.#ramping = false;
    const { threads } = this.#width;
    this.#trial = { kind: "fewer", before: this.#width, speed: undefined };
    return this.#change({ threads, tasks: Math.max(this.#bounds.tasks[0], Math.ceil(bestPlaces / threads)) }, now);
  }

  #compare(now: number): Width | undefined {
    const sum = this.#sum;
    if (sum === undefined || this.#older > 0) return undefined;
    const ms = now - sum.since;
    if (sum.items < Math.max(4, placesOf(this.#width))) return undefined;
    if (ms < (this.#trial === undefined ? lookMs : comparedMs)) return undefined;
    this.#sum = new Readings(now);
    const share = this.#computing.measured;
    this.#finding = { itemMs: sum.itemMs, cpuMs: share === undefined ? undefined : share * sum.ms / sum.items };
    return this.#decide(sum, sum.speed(now), now);
  }

  #decide(sum: Readings, speed: number, now: number): Width | undefined {
    const trial = this.#trial;
    this.#trial = undefined;
    if (trial?.speed !== undefined && speed < trial.speed * worthwhile[trial.kind]) {
      this.#exhausted[trial.kind] = true;
      return this.#change(trial.before, now);
    }
    if ((this.#computing.value ?? 0) < busy) this.#times.addGeneration(sum, trial?.kind === "fewer");
    if (sum.ms < 0.7 * (now - sum.since) * this.#width.threads) return this.#settle(speed, now); // the input is too slow
    if (this.#settledAt !== undefined) {
      if (!hasChanged(this.#settledAt, { speed, computing: this.#computing.value })) return undefined;
      this.#settledAt = undefined;
      this.#times.forget();
      this.#ramping = true;
      this.#exhausted = { tasks: false, threads: false, fewer: false };
      this.#mixed = 2;
    }
    return this.#step(sum, this.#mixed-- > 0 ? undefined : speed, now);
  }

  #step(sum: Readings, speed: number | undefined, now: number): Width | undefined {
    const { threads, tasks } = this.#width;
    const computing = this.#computing.value;
    const attempt = (kind: Trial["kind"], width: Width) => {
      this.#trial = { kind, before: this.#width, speed };
      return this.#change(width, now);
    };
    if (!this.#exhausted.fewer && tasks > this.#bounds.tasks[0] && this.#times.isCrowded(sum)) {
      return this.#fewer(sum.itemMs, speed, now);
    }
    if (
      sum.full && (computing ?? 0) < fullyBusy && tasks < maxTasks(this.#bounds, threads) && !this.#ramping &&
      !this.#exhausted.tasks
    ) {
      return attempt("tasks", withMoreTasks(this.#width, this.#bounds));
    }
    const wantsThreads = computing === undefined
      ? this.#exhausted.tasks || !sum.full
      : mayGainThreads({ width: this.#width, bounds: this.#bounds, full: sum.full, computing });
    if (wantsThreads && threads < this.#bounds.threads[1] && !this.#exhausted.threads) {
      return attempt("threads", withMoreThreads(this.#width, this.#bounds));
    }
    return speed === undefined ? undefined : this.#settle(speed, now);
  }

  #settle(speed: number, since: number): undefined {
    this.#settledAt ??= { since, speed, computing: this.#computing.value };
  }

  #change(width: Width, now: number): Width | undefined {
    this.#changedAt = now;
    if (width.threads === this.#width.threads && width.tasks === this.#width.tasks) return undefined;
    const before = placesOf(this.#width);
    this.#older = before + (width.threads * width.tasks < before ? width.threads * width.tasks : 0);
    this.#rung = new Readings(now);
    this.#width = width;
    this.#look = this.#sum = this.#settledAt = undefined;
    this.#mixed = 0;
    return width;
  }
}
