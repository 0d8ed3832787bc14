import type { Clock, Wait } from "../clock.ts";
import { JournalError } from "../errors.ts";
import type { Delivery } from "../exec/pool/delivery.ts";
import { type Range, RangeSet } from "../exec/schedule/range_set.ts";
import type { Inputs } from "../exec/input/byte_reader.ts";
import type { Begun, Entry, InputPosition, JournalHeader } from "./entry.ts";
import { InputDigest } from "./input_digest.ts";
import type { JournalFile } from "./journal_file.ts";
import { cutOutput, type OutputPlace } from "./output_place.ts";
import { Tally, type TallyOptions } from "./tally.ts";

/** Where a run starts, and what was done before it. */
export interface ResumePoint {
  readonly begun: Begun;
  /** The header to write, if the journal has none yet. */
  readonly header?: JournalHeader;
  /** Where the journal and the output are cut off, in bytes; undefined if they are not. */
  readonly journalLength?: number;
  readonly outputLength?: number;
  /** The items that the run skips, as ascending ranges of the shard's items. */
  readonly skipped: readonly Range[];
  /** The item before which the run ends; undefined: at the end of the input. */
  readonly limit?: number;
  /** The input that was read before. */
  readonly input: InputPosition;
  readonly open: ReadonlyMap<number, number>;
  /** How many of the skipped items count in the summary. */
  readonly before: { readonly ok: number; readonly failed: number };
  /** The whole input was done before: only lines that have been added to it since then are left. */
  readonly complete: boolean;
}

/** The time between two records, in milliseconds: a thousandth of the run's time so far, within these limits. */
const minPauseMs = 100;
const maxPauseMs = 1_000;

/** What a journal is kept with. */
export interface JournalParts {
  /** How the records are written. */
  readonly counting: Omit<TallyOptions, "skipped" | "open">;
  readonly hash: ConstructorParameters<typeof InputDigest>[0];
  readonly clock: Clock;
  readonly output: OutputPlace;
  /** Called when the first record of the run is written. */
  readonly onBegin: () => void;
}

/** A run's access to its journal. Invariant: the journal records only what has been written before. */
export class RunJournal {
  readonly name: string;
  readonly resumePoint: ResumePoint;
  readonly #file: JournalFile;
  readonly #ordered: boolean;
  readonly #tally: Tally;
  readonly #digest: InputDigest;
  readonly #clock: Clock;
  readonly #output: OutputPlace;
  readonly #onBegin: () => void;
  readonly #startMs: number;
  #inputBytes = -1; // as in the journal's last record
  #noteMs: number;
  #wait: Wait | undefined;
  #closed = false; // with order: nothing may follow an item that was not written
  #ended = false;
  #failure: unknown; // of a delayed write, or of the output: nothing more is recorded

  constructor(file: JournalFile, resumePoint: ResumePoint, { counting, hash, clock, output, onBegin }: JournalParts) {
    this.name = file.name;
    this.resumePoint = resumePoint;
    this.#file = file;
    this.#ordered = counting.ordered;
    this.#tally = new Tally({ ...counting, ...resumePoint });
    this.#clock = clock;
    this.#output = output;
    this.#onBegin = onBegin;
    this.#startMs = this.#noteMs = clock.now();
    this.#digest = new InputDigest(hash, counting.separator, {
      position: resumePoint.input,
      onMatch: () => this.#begin(),
      refuse: (found) => new JournalError(file.name, `${found}; give it the same input, or name a new journal`),
    });
  }

  /** Wraps the inputs: they are checked against the journal while they are read. */
  watch(inputs: Inputs): Inputs {
    return this.#digest.watch(inputs);
  }

  /** Whether the input may still turn out to be different. Nothing may run until this is false. */
  isUnsure(): boolean {
    return !this.#digest.matched;
  }

  /**
   * Selects the deliveries to write. In a stopped run, an item may have failed because its signal aborted. Such an item is not
   * recorded, so that it runs again.
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

  /** Call after writing these deliveries. They are recorded now, or later if the last record is too recent. */
  note(deliveries: readonly Delivery[]): void {
    if (this.#failure) throw this.#failure;
    this.#tally.add(deliveries);
    const now = this.#clock.now();
    const due = this.#noteMs + Math.min(maxPauseMs, Math.max(minPauseMs, (now - this.#startMs) / 1000));
    if (now >= due) {
      this.#refuseOthersOutput();
      return this.#write(false);
    }
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

  /** Closes the journal after the last write. `complete`: the whole input is done. */
  end(complete: boolean): void {
    this.#ended = true;
    try {
      if (this.#failure) throw this.#failure;
      if (complete) this.#refuseOthersOutput();
      if (this.#digest.matched) this.#write(complete);
    } finally {
      this.#wait?.cancel();
      this.#file.close();
    }
  }

  /** Gives the file up, if the run has not begun. */
  [Symbol.dispose](): void {
    if (!this.#ended) this.#file.close();
  }

  /** Starts the journal: the input has matched, and nothing has run yet. */
  #begin(): void {
    if (this.#ended) return; // stopped while the input was still being read
    const { header, begun, journalLength, outputLength } = this.resumePoint;
    if (outputLength !== undefined) cutOutput(this.#output, outputLength);
    if (journalLength !== undefined) this.#file.cut(journalLength);
    this.#file.append(...(header ? [header] : []), begun);
    this.#onBegin();
  }

  /**
   * Where another program writes to the output file too (a shard that has the same name for it, for example), the journal cannot tell
   * which bytes are the run's, and a run that goes on would cut off the others'. Call it while no write is under way.
   */
  #refuseOthersOutput(): void {
    const { begun, at } = this.resumePoint.begun;
    const length = at === null || begun === "retry" ? null : this.#output.length();
    if (at === null || length === null) return;
    const others = length - at - this.#tally.written;
    if (others <= 0) return;
    const found = `the output file has ${others} bytes that this run has not written`;
    throw this.#failure = new JournalError(
      this.name,
      `${found}; with a journal, each run needs an output file of its own`,
    );
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
