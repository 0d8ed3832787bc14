import { finishItem, isAssigned, isCancelled, lineOf, startItem } from "./block.ts";
import { BlockViews } from "./block_views.ts";
import { explainDenied } from "./denied.ts";
import { drain, type Draining } from "./drain.ts";
import { Gaps } from "./gaps.ts";
import { ItemContext, type ItemSignal, type SignalSource } from "./item_context.ts";
import { ItemQueue } from "./item_queue.ts";
import { type ItemRange, itemReader } from "./item_reader.ts";
import { KeptMap } from "./kept_map.ts";
import { gatherMs, Outbox, type OutboxOptions } from "./outbox.ts";
import { control as words, type Format, type Numbering, recordKind, type ToSlot } from "./protocol.ts";
import { describeError, errorRecord, recordMaker } from "./record.ts";

/** Runs one item; what it throws or rejects with is the item's error. */
export type RunItem = (value: unknown, context: ItemContext) => unknown;

/** What a slot's side of the work needs. */
export interface SlotOptions extends OutboxOptions {
  readonly run: RunItem;
  /** `run` gives an iterator of values. */
  readonly generator: boolean;
  readonly thread: number;
  readonly state: unknown;
  readonly mark: number;
  readonly control: Int32Array;
  readonly format: Format;
  readonly numbering: Numbering;
  readonly credit: number;
  /** Calls back once, `ms` from now. */
  readonly after: (ms: number, callback: () => void) => void;
}

/** A slot's side of the work: starts the items it is given, up to `tasks` at once, lowest first, and posts their outcomes. */
export class Slot {
  readonly #options: SlotOptions;
  readonly #outbox: Outbox;
  readonly #read: (range: ItemRange, place: number) => unknown;
  readonly #record: ReturnType<typeof recordMaker>;
  readonly #blocks = new BlockViews();
  readonly #queue = new ItemQueue();
  readonly #signals = new KeptMap<number, ItemSignal>();
  readonly #drains = new KeptMap<number, Draining>();
  readonly #source: SignalSource;
  readonly #gaps: Gaps;
  #running = 0;
  #untaken = 0; // bytes that main has not taken
  #paused = false;
  #willFlush = false;
  #dead = false;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
    this.#read = itemReader(options.format.input, options.format.maxLine);
    this.#record = recordMaker(options.format);
    this.#gaps = new Gaps(options.numbering.skipped ?? []);
    this.#source = { mark: options.mark, control: options.control, signals: this.#signals };
  }

  /** Takes items, and starts what it may. */
  take({ block, from, first, count }: ToSlot & { kind: "items" }): void {
    if (this.#dead) return;
    const view = this.#blocks.viewOf(block);
    if (this.#queue.length === 0 && this.#running === 0) this.#outbox.startClock();
    this.#queue.insert({ ...view, from, first, count, firstLine: block.firstLine, next: 0, textFrom: 0, textEnd: 0 });
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
    if (this.#paused && this.#running === 0) this.#outbox.startClock(); // a pause is no work
    this.#paused = false;
    this.#pump();
  }

  cancel(item: number): void {
    this.#signals.get(item)?.abort("TimeoutError", "the item took longer than its time limit");
  }

  stop(): void {
    this.#queue.clear();
    this.#signals.forEach((signal) => signal.abort("AbortError", "the run was stopped"));
  }

  /** The thread will be replaced. What has ended leaves; nothing else starts or ends, so that main knows what had started. */
  die(): void {
    this.flush();
    this.#dead = true;
    this.#queue.clear();
  }

  /** Posts what has ended. */
  flush(): void {
    const used = this.#outbox.flush((item, bytes) => this.#drains.get(item)?.left(bytes));
    this.#untaken += used;
  }

  #pump(): void {
    const { control, mark } = this.#options;
    while (this.#queue.length > 0 && control[words.stopped] === 0) {
      const range = this.#queue.first;
      if (range.next === range.count) {
        this.#queue.removeFirst();
        continue;
      }
      const place = range.from + range.next;
      const item = range.first + range.next;
      if (isAssigned(range.block, place, item, mark)) { // what was taken back does not hold up the rest
        if (!this.#mayStart(item)) break;
        this.#start(range, place, item);
      }
      range.next++;
    }
    if (this.#outbox.isEmpty) return;
    if (this.#outbox.isFull || this.#running === 0 && this.#queue.length === 0) this.flush();
    else this.#flushLater();
  }

  /** Room for one more task, and for its output. The item that all output waits for needs neither, or all would wait. */
  #mayStart(item: number): boolean {
    const { control, credit } = this.#options;
    const suspended = this.#drains.size > 0; // generators may wait for that item too
    if (this.#running < control[words.tasks] && this.#untaken < credit) return true;
    if (item % 2 ** 31 === control[words.head]) return this.#untaken >= credit || suspended;
    if ((this.#untaken >= credit || suspended) && !this.#paused) {
      this.#paused = true;
      this.flush();
      this.#options.post({ kind: "paused" });
    }
    return false;
  }

  #start(range: ItemRange, place: number, item: number): void {
    const { now, mark, numbering, generator, run } = this.#options;
    const time = now();
    if (!this.#outbox.isEmpty) {
      // Before the last item too: while it runs, main sends more.
      const isLast = this.#queue.length === 1 && range.next === range.count - 1;
      if (isLast || this.#outbox.isDue(time)) this.flush();
    }
    if (!startItem(range.block, place, mark, time)) return;
    try {
      const value = this.#read(range, place);
      const { thread, state } = this.#options;
      const about = { index: numbering.first + this.#gaps.ordinalOf(item) * numbering.step, thread, state };
      const context = new ItemContext(about, this.#source, item, range.block, place);
      const result = run(value, context);
      if (generator) void this.#drain(range, place, item, result as Iterator<unknown>);
      else if (isPromise(result)) void this.#settle(range, place, item, result, time);
      else this.#succeed(range, place, item, result);
    } catch (error) {
      this.#fail(range, place, item, error, recordKind.error);
    }
  }

  async #settle(
    range: ItemRange,
    place: number,
    item: number,
    result: PromiseLike<unknown>,
    since: number,
  ): Promise<void> {
    this.#running++;
    try {
      const value = await result;
      this.#running--;
      this.#outbox.addPending(this.#options.now() - since);
      this.#succeed(range, place, item, value);
    } catch (error) {
      this.#running--;
      this.#fail(range, place, item, error, recordKind.error);
    }
    this.#pump();
  }

  async #drain(range: ItemRange, place: number, item: number, values: Iterator<unknown>): Promise<void> {
    this.#running++;
    const line = range.firstLine + lineOf(range.block, place);
    let count = 0;
    const { now, credit, control } = this.#options;
    const emit = (value: unknown) => {
      this.#outbox.addValue(item, this.#record(value, line));
      count++;
      if (this.#outbox.isDue(now())) this.flush();
      else this.#flushLater();
    };
    const waited = (ms: number) => this.#outbox.addPending(ms);
    const draining = drain(values, { emit, waited, now, credit: credit / control[words.tasks] });
    this.#drains.set(item, draining);
    try {
      await draining.done;
      if (this.#dead) return;
      this.#end(range, place, item);
      this.#outbox.add(recordKind.end, item, "");
    } catch (error) {
      this.#fail(range, place, item, error, count > 0 ? recordKind.lateError : recordKind.error);
    }
    this.#running--;
    this.#drains.delete(item);
    this.#pump();
  }

  #succeed(range: ItemRange, place: number, item: number, value: unknown): void {
    if (this.#dead) return;
    let record;
    try {
      record = this.#record(value, range.firstLine + lineOf(range.block, place));
    } catch (error) {
      return this.#fail(range, place, item, error, recordKind.error);
    }
    this.#end(range, place, item);
    this.#outbox.addOk(item, record);
  }

  #fail(range: ItemRange, place: number, item: number, thrown: unknown, kind: number): void {
    if (this.#dead) return;
    const line = range.firstLine + lineOf(range.block, place);
    let error = describeError(thrown);
    if (isCancelled(range.block, place)) error = { name: "TimeoutError", message: "took longer than its time limit" };
    else if (error.name === "NotCapable" || error.name === "TypeError") { // a denied import is one of these
      error = { ...error, message: explainDenied(error.message) ?? error.message };
    }
    const { errorSeparator, errorsAtOnce } = this.#options.format;
    this.#end(range, place, item);
    this.#outbox.add(kind, item, errorRecord(line, error, errorSeparator));
    if (errorsAtOnce) this.flush();
  }

  #end(range: ItemRange, place: number, item: number): void {
    finishItem(range.block, place, this.#options.mark);
    if (this.#signals.size === 0) return;
    this.#signals.get(item)?.close();
    this.#signals.delete(item);
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

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
