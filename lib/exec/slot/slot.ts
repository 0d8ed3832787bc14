import { isPromise, KeptMap } from "../../natives.ts";
import { isAssigned, lineOf, setWaiting, startItem } from "../wire/block.ts";
import { Gaps } from "../wire/gaps.ts";
import type { ItemNumber, Place } from "../wire/numbers.ts";
import { controlWord, type ToSlot } from "../wire/protocol.ts";
import { BlockViews } from "./block_views.ts";
import { Generators } from "./generators.ts";
import { ItemContext, type ItemSignal, mayReadContext, type SignalSource } from "./item_context.ts";
import { ItemEnds } from "./item_ends.ts";
import { ItemQueue } from "./item_queue.ts";
import { InexactItems, type ItemRange, itemReader } from "./item_reader.ts";
import { leaveScope, StartScope } from "./item_scope.ts";
import { Outbox } from "./outbox.ts";
import { RunningItems } from "./running_items.ts";
import type { RunWithoutContext, SlotOptions } from "./slot_options.ts";
import { SlotOutput } from "./slot_output.ts";
import { StartedItem } from "./started_item.ts";

/** A slot's side of the work: starts the items it is given, up to `tasks` at once, lowest first, and posts their outcomes. */
export class Slot {
  readonly #options: SlotOptions;
  readonly #outbox: Outbox;
  readonly #output: SlotOutput;
  readonly #read: (range: ItemRange, place: Place) => unknown;
  readonly #ends: ItemEnds;
  readonly #running: RunningItems;
  readonly #generators: Generators;
  readonly #blocks = new BlockViews();
  readonly #queue = new ItemQueue();
  readonly #signals = new KeptMap<ItemNumber, ItemSignal>();
  readonly #source: SignalSource;
  readonly #scope = new StartScope();
  readonly #gaps: Gaps;
  readonly #givesContext: boolean;
  #paused = false;
  /** Nothing runs, and nothing may start. */
  #rests = true;

  constructor(options: SlotOptions) {
    const { format, generation, control, credit, now, after, post, placeOf, width, keptPlaces } = options;
    const signals = this.#signals;
    this.#options = options;
    this.#givesContext = mayReadContext(options.run);
    const inexact = new InexactItems();
    this.#read = itemReader(format.input, format.maxLine, inexact, options.readRow);
    this.#gaps = new Gaps(options.numbering.skipped ?? []);
    this.#source = { generation, control, signals };
    const outbox = this.#outbox = new Outbox(options, inexact);
    const output = this.#output = new SlotOutput({
      outbox,
      credit,
      after,
      valuesLeft: (item, bytes) => this.#generators.left(item, bytes),
    });
    const flush = () => output.flush();
    width?.attach({
      reportedAt: () => outbox.reportedAt,
      isRunning: () => this.#running.length > 0 && !ends.closed,
      wantsPlace: () => this.#queue.length > 0 && this.#running.length >= width.places && output.hasCredit,
      report: () => outbox.isEmpty ? outbox.report() : output.flush(),
    });
    keptPlaces?.attach(() => this.resume());
    const ends = this.#ends = new ItemEnds({ ...options, outbox, signals, flush });
    this.#generators = new Generators({ outbox, output, ends, now, credit, control });
    this.#running = new RunningItems({
      control,
      ends,
      signals,
      post,
      after,
      placeOf,
      flush,
      stopValues: (item) => this.#generators.stop(item),
      onAbandoned: () => void this.#pumpLater(),
      onDeath: () => this.#queue.clear(),
    });
  }

  /** Takes items, and starts what it may. */
  take({ block, from, first, count, sentAt }: ToSlot & { kind: "items" }): void {
    if (this.#ends.closed) return;
    const view = this.#blocks.viewOf(block);
    if (this.#rests) this.#outbox.startClock();
    const { use, firstLine } = block;
    const arrival = this.#options.probes?.arrived(sentAt);
    this.#queue.insert({ ...view, from, first, count, use, firstLine, arrival, next: 0, textFrom: 0, textEnd: 0 });
    this.#pump();
  }

  /** Main has taken output, and gives back the chunks it came in. */
  taken({ bytes, chunks }: ToSlot & { kind: "taken" }): void {
    for (let i = 0; i < chunks.length; i++) this.#options.chunks.release(chunks[i]);
    this.#output.taken(bytes);
    this.#paused = false;
    this.resume();
  }

  /** Main has taken so much of an item's values. */
  takenOf(item: ItemNumber, bytes: number): void {
    this.#generators.taken(item, bytes);
  }

  /** Main has told how many items may run at once. */
  widthTold(): void {
    this.#options.width?.told();
    this.#pump();
  }

  /** The output waits for an item that it may have (all others still need credit), or a place is no longer kept empty. */
  resume(): void {
    if (this.#rests) this.#outbox.startClock(); // a pause is not work
    this.#pump();
  }

  /** Tells an item that it is no longer wanted; after a grace it fails. */
  cancel(item: ItemNumber): void {
    this.#running.cancel(item);
  }

  stop(): void {
    this.#queue.clear();
    this.#signals.forEach((signal) => signal.abort("AbortError", "the run was stopped"));
  }

  /** The job threw where nobody catches it; `started` is the item that the error is attributed to, if that is known. */
  uncaught(thrown: unknown, started: StartedItem | undefined): void {
    this.#running.uncaught(thrown, started);
  }

  /** Our own code failed: the thread must be replaced. */
  die(thrown: unknown): void {
    this.#running.die(thrown);
  }

  async #pumpLater(): Promise<void> {
    await undefined;
    this.#pump();
  }

  /** Starts what it may, and lets outcomes leave. */
  #pump(): void {
    const { control, generation } = this.#options;
    while (this.#queue.length > 0 && control[controlWord.stopped] === 0) {
      const range = this.#queue.first;
      if (range.next === range.count) {
        this.#queue.removeFirst();
        continue;
      }
      const place = range.from + range.next as Place;
      const item = range.first + range.next as ItemNumber;
      if (isAssigned(range.block, place, range.use, generation)) { // what was taken back does not hold up the rest
        if (!this.#mayStart(item)) break;
        this.#start(range, place, item);
      }
      range.next++;
    }
    const mayStart = this.#queue.length > 0 && !this.#paused && (this.#options.keptPlaces?.count ?? 0) === 0;
    this.#rests = this.#running.length === 0 && !mayStart;
    if (this.#rests) this.#outbox.stopClock();
    if (this.#running.length > 0) this.#options.width?.keepReporting();
    if (this.#outbox.isEmpty) return;
    if (this.#outbox.isFull || this.#rests) this.#output.flush();
    else this.#output.flushLater();
  }

  /** Room for one more task, and for its output. The item that all output waits for needs neither, or all would wait. */
  #mayStart(item: ItemNumber): boolean {
    const { control, width, keptPlaces } = this.#options;
    const { hasCredit } = this.#output;
    const places = width?.places ?? keptPlaces?.places ?? control[controlWord.tasks];
    const suspended = this.#generators.size > 0; // generators may wait for that item too
    if (this.#running.length < places && hasCredit) return true;
    if (item % 2 ** 31 === control[controlWord.nextOut]) return !hasCredit || suspended;
    if ((!hasCredit || suspended) && !this.#paused) {
      this.#paused = true;
      this.#output.flush();
      this.#options.post({ kind: "paused" });
    }
    return false;
  }

  #start(range: ItemRange, place: Place, item: ItemNumber): void {
    const { now, generation, generator, run } = this.#options;
    const time = now();
    if (!this.#outbox.isEmpty) {
      // Before the last item too: while it runs, main sends more.
      const isLast = this.#queue.length === 1 && range.next === range.count - 1;
      if (isLast || this.#outbox.isDue(time)) this.#output.flush();
    }
    if (!startItem(range.block, place, range.use, generation, time)) return;
    const line = lineOf(range.block, place, range.firstLine);
    const started = new StartedItem(range, place, item, line, time);
    this.#scope.enter(started); // for what reads its result, too
    try {
      const value = this.#read(range, place);
      const result = this.#givesContext ? run(value, this.#contextOf(started)) : (run as RunWithoutContext)(value);
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

  #contextOf(started: StartedItem): ItemContext {
    const { numbering: { first, step }, thread, state } = this.#options;
    const index = first + this.#gaps.ordinalOf(started.item) * step;
    return new ItemContext({ index, thread, state }, this.#source, started);
  }

  async #settle(started: StartedItem, result: PromiseLike<unknown>, since: number): Promise<void> {
    this.#running.hold(started);
    this.#waits(started, true);
    this.#options.spans?.itemWaits(started);
    try {
      const value = await result;
      this.#outbox.addPending(this.#options.now() - since);
      this.#ends.succeed(started, value);
    } catch (error) {
      this.#ends.fail(started, error);
    }
    this.#leave(started);
  }

  async #drain(started: StartedItem, values: Iterator<unknown>): Promise<void> {
    this.#running.hold(started);
    await this.#generators.drain(started, values, (waits) => this.#waits(started, waits));
    this.#leave(started);
  }

  /** Main is to know whether the item holds the thread: `waits` says that it does not. Nobody asks without a time limit. */
  #waits({ block, place, use }: StartedItem, waits: boolean): void {
    const { control, generation } = this.#options;
    if (control[controlWord.limitMs] !== 0) setWaiting(block, place, use, generation, waits);
  }

  /** An item that waited has ended: its place is free. */
  #leave(started: StartedItem): void {
    this.#running.leave(started);
    leaveScope();
    this.#pump();
  }
}
