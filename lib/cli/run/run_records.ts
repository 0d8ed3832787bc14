import { JournalError, OutputError, TandemError } from "../../errors.ts";
import type { ItemSource } from "../../exec/input/item_source.ts";
import type { Pool } from "../../exec/pool/pool.ts";
import type { RunOptions } from "../../exec/pool/run_options.ts";
import type { RunJournal } from "../../journal/run_journal.ts";
import type { RunResult } from "../../model/result.ts";
import type { CsvRows } from "./csv_rows.ts";
import type { InputPlaces } from "./input_places.ts";
import type { FailureStop, RecordWriter } from "./record_writer.ts";

/** Items, what runs them, and what becomes of their records. */
export interface RecordRun {
  readonly pool: Pick<Pool, "run">;
  readonly source: ItemSource;
  readonly options: RunOptions;
  readonly writer: RecordWriter;
  readonly journal?: RunJournal;
  /** Makes rows of the records. */
  readonly rows?: Pick<CsvRows, "write">;
  /** Says in error records where they are, if there are several inputs. */
  readonly places?: Pick<InputPlaces, "locate">;
  readonly failureStop?: FailureStop;
  readonly signal: AbortSignal;
  /** Awaited each time when records have been written. */
  readonly onWritten: () => Promise<void>;
}

/** How the records have ended. */
export interface RecordsEnd {
  readonly how: RunResult["how"];
  /** Why the run was given up: its summary says how far it came. */
  readonly failure?: TandemError;
}

/**
 * Runs items, writes their records, and then notes them in the journal, which is closed at the end.
 *
 * @throws {OutputError} the records could not be written
 * @throws {JournalError} the journal could not be written
 */
export async function runRecords(run: RecordRun): Promise<RecordsEnd> {
  const { pool, source, options, writer, journal, rows, places, failureStop, signal, onWritten } = run;
  let how: RunResult["how"] = "stopped";
  try {
    for await (const taken of pool.run(source, options)) {
      const records = rows?.write(taken) ?? taken;
      const deliveries = places?.locate(records) ?? records;
      const done = await writer.write(journal?.select(deliveries, signal.aborted) ?? deliveries);
      journal?.note(done);
      await onWritten();
      if (failureStop?.isReached(writer.written)) break;
    }
    if (!signal.aborted) how = failureStop?.isReached(writer.written) ? failureStop.how : "done";
    return { how };
  } catch (failure) {
    if (!(failure instanceof TandemError) || failure instanceof OutputError || failure instanceof JournalError) {
      throw failure;
    }
    return { how, failure };
  } finally {
    journal?.end(how === "done");
  }
}
