import { type Clock, systemClock, type Wait } from "../clock.ts";
import { JournalError } from "../errors.ts";
import type { Delivery } from "../exec/pool/delivery.ts";
import { type Range, RangeSet } from "../exec/schedule/range_set.ts";
import type { Inputs } from "../exec/input/byte_reader.ts";
import type { Begun, Entry, InputPosition, JournalHeader } from "./entry.ts";
import { InputDigest } from "./input_digest.ts";
import type { JournalFile } from "./journal_file.ts";
import { cutOutput } from "./output_place.ts";
import { Tally, type TallyOptions } from "./tally.ts";

/** What a run does, and what was done before it. */
export interface ResumePoint {
  readonly begun: Begun;
  /** For a journal that has none. */
  readonly header?: JournalHeader;
  /** Where the journal's file, and the output's, are cut; undefined if they are not. */
  readonly journalLength?: number;
  readonly outputLength?: number;
  /** What the run leaves out, as ascending ranges of the shard's items; and where it ends, if not with the input. */
  readonly skipped: readonly Range[];
  readonly limit?: number;
  /** The input that was read before. */
  readonly input: InputPosition;
  readonly open: ReadonlyMap<number, number>;
  /** Of the items that are left out, those that count in the end. */
  readonly before: { readonly ok: number; readonly failed: number };
}

/** Time between two records, in milliseconds: so long at first, and a thousandth of the run's time up to a second. */
const minPauseMs = 100;
const maxPauseMs = 1_000;

/** A run's side of its journal: what it leaves out, and what it notes. Whatever is noted has been written before. */
export class RunJournal {
  readonly name: string;
  readonly resumePoint: ResumePoint;
  readonly #file: JournalFile;
  readonly #ordered: boolean;
  readonly #tally: Tally;
  readonly #digest: InputDigest;
  readonly #clock: Clock;
  readonly #startMs: number;
  #inputBytes = -1; // as the journal's last record has it
  #noteMs: number;
  #wait: Wait | undefined;
  #closed = false; // in order, nothing may follow what is not written
  #ended = false;
  #failure: unknown; // of a write that nobody waited for

  constructor(
    file: JournalFile,
    resumePoint: ResumePoint,
    counting: Omit<TallyOptions, "skipped" | "open">,
    hash: ConstructorParameters<typeof InputDigest>[0],
    clock: Clock = systemClock,
  ) {
    this.name = file.name;
    this.resumePoint = resumePoint;
    this.#file = file;
    this.#ordered = counting.ordered;
    this.#tally = new Tally({ ...counting, ...resumePoint });
    this.#clock = clock;
    this.#startMs = this.#noteMs = clock.now();
    this.#digest = new InputDigest(hash, counting.separator, {
      position: resumePoint.input,
      onMatch: () => this.#begin(),
      refuse: (found) => new JournalError(file.name, `${found}; give it the same input, or begin another journal`),
    });
  }

  /** The same inputs, checked against those of the journal as they are read. */
  watch(inputs: Inputs): Inputs {
    return this.#digest.watch(inputs);
  }

  /** Whether the input may still turn out to be another one: nothing may run before that is known. */
  isUnsure(): boolean {
    return !this.#digest.matched;
  }

  /**
   * What of these is to be written. Once the run is stopped, an item may have failed because its signal aborted: it has no
   * end then, and runs again.
   */
  select(deliveries: readonly Delivery[], stopped: boolean): readonly Delivery[] {
    if (this.#closed) return [];
    const fresh = this.#tally.withoutRepeated(deliveries);
    if (!stopped) return fresh;
    const failed = fresh.findIndex(({ kind }) => kind === "error");
    if (!this.#ordered) return fresh.filter(({ kind }) => kind !== "error");
    this.#closed = failed !== -1;
    return this.#closed ? fresh.slice(0, failed) : fresh;
  }

  /** These have been written. The journal says so now, or when its last record is not quite as young. */
  note(deliveries: readonly Delivery[]): void {
    if (this.#failure) throw this.#failure;
    this.#tally.add(deliveries);
    const now = this.#clock.now();
    const due = this.#noteMs + Math.min(maxPauseMs, Math.max(minPauseMs, (now - this.#startMs) / 1000));
    if (now >= due) return this.#write(false);
    if (this.#wait !== undefined) return;
    this.#wait = this.#clock.wait(due - now);
    this.#wait.done.then(() => {
      try {
        this.#write(false);
      } catch (error) {
        this.#failure = error;
      }
    });
  }

  /** Nothing more will be written. `complete`: all of the input is done. */
  end(complete: boolean): void {
    this.#ended = true;
    try {
      if (this.#digest.matched) this.#write(complete);
    } finally {
      this.#wait?.cancel();
      this.#file.close();
    }
  }

  /** Nothing has run yet, and the input is the right one. */
  #begin(): void {
    if (this.#ended) return; // stopped while the input was still being read
    const { header, begun, journalLength, outputLength } = this.resumePoint;
    if (outputLength !== undefined) cutOutput(outputLength);
    if (journalLength !== undefined) this.#file.cut(journalLength);
    this.#file.append(...(header ? [header] : []), begun);
  }

  #write(last: boolean): void {
    this.#wait?.cancel();
    this.#wait = undefined;
    this.#noteMs = this.#clock.now();
    this.#file.append(this.#entry(last));
  }

  #entry(last: boolean): Entry {
    const input = this.#digest.bytes === this.#inputBytes ? undefined : this.#digest.position;
    this.#inputBytes = this.#digest.bytes;
    const progress = this.#tally.take(input, last);
    if (this.resumePoint.begun.begun !== "retry") return progress;
    const recovered = new RangeSet();
    for (const { first, end } of progress.done) recovered.add(first, end);
    for (const { first, end } of progress.failed) recovered.remove(first, end);
    return { recovered: recovered.ranges };
  }
}
