import type { Generation, ItemNumber } from "../wire/numbers.ts";
import type { KeptMap } from "../../natives.ts";
import { finishItem, isCancelled } from "../wire/block.ts";
import { deniedText, explainDenied } from "./denied.ts";
import type { ItemSignal } from "./item_context.ts";
import type { KeptPlaces } from "./kept_places.ts";
import type { Outbox } from "./outbox.ts";
import { controlWord, type Format, recordKind } from "../wire/protocol.ts";
import { describeError, type MakeRecord, recordMaker } from "./record.ts";
import type { ItemError } from "../../model/item.ts";
import { errorRecord } from "../wire/error_record.ts";
import type { Remedies } from "../wire/remedies.ts";
import type { HintOf } from "./retry_hint.ts";
import type { Denial } from "./runtime.ts";
import type { StartedItem } from "./started_item.ts";
import type { WidthReports } from "./width_reports.ts";

/** The same error, with what to do about it. */
function withRemedy(error: ItemError, remedies: Remedies): ItemError {
  const { name, message, code } = error;
  const remedy = code === undefined || code === "denied" ? undefined : remedies[code];
  return remedy === undefined ? error : { name, message: `${message}; ${remedy}`, code };
}

/** What Deno says where JSX runs and nothing tells it what JSX is. */
const noReact = "React is not defined";

/** Where the ends of a slot's items go. */
export interface EndsOptions {
  readonly format: Format;
  readonly generation: Generation;
  readonly control: Int32Array;
  readonly outbox: Outbox;
  /** The signals of running items, by item. */
  readonly signals: KeptMap<ItemNumber, ItemSignal>;
  /** Posts what is in the outbox. */
  readonly flush: () => void;
  /** Hears of items that fail after they have waited, if the width is chosen. */
  readonly width?: Pick<WidthReports, "itemFailed">;
  /** If failed items may run again. */
  readonly hintOf?: HintOf;
  readonly keptPlaces?: Pick<KeptPlaces, "keep">;
  /** See `SlotRuntime`. */
  readonly denialOf?: (thrown: unknown) => Denial | undefined;
}

/** Gives each item of a slot its one end: the first one counts. */
export class ItemEnds {
  readonly record: MakeRecord;
  readonly #options: EndsOptions;
  /** Nothing ends any more: main reads in the shared table what had started. */
  closed = false;

  constructor(options: EndsOptions) {
    this.#options = options;
    this.record = recordMaker(options.format);
  }

  succeed(started: StartedItem, value: unknown): void {
    if (this.closed || started.ended) return;
    let record;
    try {
      record = this.record(value, started.line);
    } catch (error) {
      return this.fail(started, error);
    }
    this.#end(started);
    this.#options.outbox.addOk(started.item, record);
  }

  /** A generator has given all its values. */
  exhaust(started: StartedItem): void {
    if (this.closed || started.ended) return;
    this.#end(started);
    this.#options.outbox.add(recordKind.end, started.item, "");
  }

  /** What was denied, and what grants it, if the error is about that. */
  #denial(thrown: unknown, { name, message }: ItemError): string | undefined {
    const { denialOf, format: { remedies } } = this.#options;
    const denial = denialOf?.(thrown);
    if (denial !== undefined) return deniedText(denial, remedies.denied);
    const mayBeOne = name === "NotCapable" || name === "TypeError"; // a denied import is one of these
    return mayBeOne ? explainDenied(message, remedies.denied) : undefined;
  }

  fail(started: StartedItem, thrown: unknown): void {
    if (this.closed || started.ended) return;
    const { control, format: { errorSeparator, errorsAtOnce, remedies }, outbox, flush } = this.#options;
    let error = describeError(thrown);
    let own: unknown = thrown;
    if (isCancelled(started.block, started.place)) {
      own = undefined;
      error = { name: "TimeoutError", message: `took longer than ${control[controlWord.limitMs]} ms`, code: "timeout" };
    } else if (error.message === noReact) {
      error = { ...error, message: `${noReact}: ${remedies.react}` };
    } else {
      const message = this.#denial(thrown, error);
      if (message !== undefined) error = { name: error.name, message, code: "denied" };
    }
    error = withRemedy(error, remedies);
    const hint = this.#options.hintOf?.(own, error.name);
    if (hint?.why !== undefined) error = { ...error, message: `${error.message}; ${hint.why}` };
    this.#end(started);
    const kind = started.yielded ? recordKind.lateError : recordKind.error;
    outbox.add(kind, started.item, errorRecord(started.line, error, errorSeparator));
    if (hint !== undefined) {
      outbox.addHint(started.item, hint.afterMs);
      if (hint.afterMs > 0) this.#options.keptPlaces?.keep(hint.afterMs);
    }
    if (started.at !== -1) this.#options.width?.itemFailed();
    if (errorsAtOnce) flush();
  }

  #end(started: StartedItem): void {
    started.ended = true;
    const { generation, signals, outbox } = this.#options;
    outbox.itemEnded(started);
    finishItem(started.block, started.place, generation);
    if (signals.size === 0) return;
    const signal = signals.get(started.item);
    if (started.abandoned) signal?.abort("AbortError", "the item has failed");
    signal?.close();
    signals.delete(started.item);
  }
}
