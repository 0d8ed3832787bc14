import { isAssigned, lineOf, startItem } from "../wire/block.ts";
import { BlockViews } from "./block_views.ts";
import { drain, type Draining } from "./drain.ts";
import { Gaps } from "../wire/gaps.ts";
import { ItemContext, type ItemSignal, type SignalSource } from "./item_context.ts";
import { ItemEnds } from "./item_ends.ts";
import { ItemQueue } from "./item_queue.ts";
import { type ItemRange, itemReader } from "./item_reader.ts";
import { isPromise } from "./is_promise.ts";
import { leaveScope, StartScope } from "./item_scope.ts";
import { KeptMap } from "./kept_map.ts";
import { UncaughtWarnings } from "./uncaught_warnings.ts";
import { gatherMs, Outbox } from "./outbox.ts";
import { controlWord as words, type ToSlot } from "../wire/protocol.ts";
import { errorText } from "./record.ts";
import type { SlotOptions } from "./slot_options.ts";
import { StartedItem } from "./started_item.ts";
import { graceOf } from "../wire/grace.ts";

/** A slot's side of the work: starts the items it is given, up to `tasks` at once, lowest first, and posts their outcomes. */
export class Slot {
  readonly #options: SlotOptions;
  readonly #outbox: Outbox;
  readonly #read: (range: ItemRange, place: number) => unknown;
  readonly #ends: ItemEnds;
  readonly #warnings: UncaughtWarnings;
  readonly #blocks = new BlockViews();
  readonly #queue = new ItemQueue();
  readonly #signals = new KeptMap<number, ItemSignal>();
  readonly #drains = new KeptMap<number, Draining>();
  readonly #source: SignalSource;
  readonly #scope = new StartScope();
  readonly #running: StartedItem[] = []; // in no order
  readonly #gaps: Gaps;
  #untaken = 0; // bytes that main has not taken
  #paused = false;
  #willFlush = false;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
    this.#read = itemReader(options.format.input, options.format.maxLine);
    const { format, generation, post } = options;
    const flush = () => this.flush();
    this.#ends = new ItemEnds({
      format,
      generation,
      control: options.control,
      outbox: this.#outbox,
      signals: this.#signals,
      flush,
    });
    this.#warnings = new UncaughtWarnings(post);
    this.#gaps = new Gaps(options.numbering.skipped ?? []);
    this.#source = { generation: options.generation, control: options.control, signals: this.#signals };
  }

  /** Takes items, and starts what it may. */
  take({ block, from, first, count, sentAt }: ToSlot & { kind: "items" }): void {
    if (this.#ends.closed) return;
    const view = this.#blocks.viewOf(block);
    if (this.#queue.length === 0 && this.#running.length === 0) this.#outbox.startClock();
    const { use, firstLine } = block;
    const arrival = this.#options.probes?.arrived(sentAt);
    this.#queue.insert({ ...view, from, first, count, use, firstLine, arrival, next: 0, textFrom: 0, textEnd: 0 });
    this.#pump();
  }

  /** Main has taken output, and gives back the chunks it came in. */
  taken({ bytes, chunks }: ToSlot & { kind: "taken" }): void {
    for (let i = 0; i < chunks.length; i++) this.#options.chunks.release(chunks[i]);
    this.#untaken -= bytes;
    this.resume();
  }

  takenOf(item: number, bytes: number): void {
    this.#drains.get(item)?.taken(bytes);
  }

  resume(): void {
    if (this.#paused && this.#running.length === 0) this.#outbox.startClock(); // a pause is no work
    this.#paused = false;
    this.#pump();
  }

  /** Tells an item that it is no longer wanted; if it has not ended after a grace, it fails, and its place is free. */
  cancel(item: number): void {
    const limitMs = this.#options.control[words.limitMs];
    const signal = this.#signals.get(item);
    signal?.abort("TimeoutError", `the item took longer than ${limitMs} ms`);
    for (let i = 0; i < this.#running.length; i++) {
      const started = this.#running[i];
      if (started.item !== item) continue;
      this.#options.after(graceOf(limitMs), () => {
        if (started.ended || this.#ends.closed) return;
        this.#abandon(started, undefined);
        this.flush();
      });
    }
  }

  stop(): void {
    this.#queue.clear();
    this.#signals.forEach((signal) => signal.abort("AbortError", "the run was stopped"));
  }

  /**
   * An error came from beside the course of the items: a timer threw, or nobody caught a rejection. It fails the item it is
   * laid to; after that one's end it is a warning. If nobody knows whose it is, all that run may depend on it, and fail.
   */
  uncaught(thrown: unknown, started: StartedItem | undefined): void {
    if (this.#ends.closed) return;
    if (started !== undefined && !started.ended) this.#abandon(started, thrown);
    else if (started !== undefined || this.#running.length === 0) this.#warnings.warn(thrown, started);
    else this.#die(thrown);
  }

  /** The thread will be replaced. What has ended leaves; nothing else starts or ends, so that main knows what had started. */
  #die(thrown: unknown): void {
    try {
      this.flush();
    } finally {
      this.#ends.closed = true;
      this.#queue.clear();
      const { post, placeOf } = this.#options;
      post({ kind: "fatal", message: errorText(thrown), at: placeOf(thrown) });
    }
  }

  /** The item fails, though its code may run on. */
  #abandon(started: StartedItem, thrown: unknown): void {
    started.abandoned = true;
    this.#ends.fail(started, thrown);
    this.#drains.get(started.item)?.stop();
    this.#drains.delete(started.item);
    if (started.at === -1) return; // it is only just being started
    this.#leave(started);
    void this.#pumpLater(); // the job's own code may be below us
  }

  #hold(started: StartedItem): void {
    if (started.ended) return; // it failed while it was being started
    started.at = this.#running.length;
    this.#running[started.at] = started;
  }

  #leave(started: StartedItem): void {
    if (started.at === -1) return;
    const last = this.#running[this.#running.length - 1];
    this.#running[started.at] = last;
    last.at = started.at;
    this.#running.length--;
    started.at = -1;
  }

  async #pumpLater(): Promise<void> {
    await undefined;
    this.#pump();
  }

  /** Posts what has ended. */
  flush(): void {
    const used = this.#outbox.flush((item, bytes) => this.#drains.get(item)?.left(bytes));
    this.#untaken += used;
  }

  #pump(): void {
    const { control, generation } = this.#options;
    while (this.#queue.length > 0 && control[words.stopped] === 0) {
      const range = this.#queue.first;
      if (range.next === range.count) {
        this.#queue.removeFirst();
        continue;
      }
      const place = range.from + range.next;
      const item = range.first + range.next;
      if (isAssigned(range.block, place, range.use, generation)) { // what was taken back does not hold up the rest
        if (!this.#mayStart(item)) break;
        this.#start(range, place, item);
      }
      range.next++;
    }
    if (this.#running.length === 0 && (this.#queue.length === 0 || this.#paused)) this.#outbox.stopClock();
    if (this.#outbox.isEmpty) return;
    if (this.#outbox.isFull || this.#running.length === 0 && this.#queue.length === 0) this.flush();
    else this.#flushLater();
  }

  /** Room for one more task, and for its output. The item that all output waits for needs neither, or all would wait. */
  #mayStart(item: number): boolean {
    const { control, credit } = this.#options;
    const suspended = this.#drains.size > 0; // generators may wait for that item too
    if (this.#running.length < control[words.tasks] && this.#untaken < credit) return true;
    if (item % 2 ** 31 === control[words.nextOut]) return this.#untaken >= credit || suspended;
    if ((this.#untaken >= credit || suspended) && !this.#paused) {
      this.#paused = true;
      this.flush();
      this.#options.post({ kind: "paused" });
    }
    return false;
  }

  #start(range: ItemRange, place: number, item: number): void {
    const { now, generation, numbering, generator, run } = this.#options;
    const time = now();
    if (!this.#outbox.isEmpty) {
      // Before the last item too: while it runs, main sends more.
      const isLast = this.#queue.length === 1 && range.next === range.count - 1;
      if (isLast || this.#outbox.isDue(time)) this.flush();
    }
    if (!startItem(range.block, place, range.use, generation, time)) return;
    const line = range.firstLine + lineOf(range.block, place);
    const started = new StartedItem(range.block, place, range.use, item, line, time, range.arrival);
    this.#scope.enter(started); // for what reads its result, too
    try {
      const value = this.#read(range, place);
      const { thread, state } = this.#options;
      const about = { index: numbering.first + this.#gaps.ordinalOf(item) * numbering.step, thread, state };
      const result = run(value, new ItemContext(about, this.#source, started));
      if (generator) void this.#drain(started, result as Iterator<unknown>);
      else {
        const promise = isPromise(result);
        this.#scope.gave(promise);
        if (promise) void this.#settle(started, result, time);
        else this.#ends.succeed(started, result);
      }
    } catch (error) {
      this.#ends.fail(started, error);
    }
    this.#scope.leave();
  }

  async #settle(started: StartedItem, result: PromiseLike<unknown>, since: number): Promise<void> {
    this.#hold(started);
    try {
      const value = await result;
      this.#outbox.addPending(this.#options.now() - since);
      this.#ends.succeed(started, value);
    } catch (error) {
      this.#ends.fail(started, error);
    }
    this.#leave(started);
    leaveScope();
    this.#pump();
  }

  async #drain(started: StartedItem, values: Iterator<unknown>): Promise<void> {
    this.#hold(started);
    const { item, line } = started;
    const { now, credit, control } = this.#options;
    const emit = (value: unknown) => {
      this.#outbox.addValue(item, this.#ends.record(value, line));
      started.yielded = true;
      if (this.#outbox.isDue(now())) this.flush();
      else this.#flushLater();
    };
    const waited = (ms: number) => this.#outbox.addPending(ms);
    const draining = drain(values, { emit, waited, now, credit: credit / control[words.tasks] });
    this.#drains.set(item, draining);
    try {
      await draining.done;
      this.#ends.exhaust(started);
    } catch (error) {
      this.#ends.fail(started, error);
    }
    if (!started.abandoned) this.#drains.delete(item); // else another attempt may have its place
    this.#leave(started);
    leaveScope();
    this.#pump();
  }

  #flushLater(): void {
    if (this.#willFlush) return;
    this.#willFlush = true;
    this.#options.after(gatherMs, () => {
      this.#willFlush = false;
      this.flush();
    });
  }
}
