import type { FromSlot } from "../wire/protocol.ts";
import { errorText } from "./record.ts";
import type { StartedItem } from "./started_item.ts";

/** A thread that has warned so often says no more: an interval that throws would fill stderr. */
const mostWarnings = 20;

/** Tells main of errors that can fail no item any more: at most one an item. */
export class UncaughtWarnings {
  readonly #post: (message: FromSlot) => void;
  #count = 0;

  constructor(post: (message: FromSlot) => void) {
    this.#post = post;
  }

  /** `started`: the item it is laid to, which has ended; undefined if nobody knows. */
  warn(thrown: unknown, started: StartedItem | undefined): void {
    if (started?.warned || this.#count > mostWarnings) return;
    if (started !== undefined) started.warned = true;
    if (++this.#count > mostWarnings) {
      return this.#post({ kind: "uncaught", message: "more such errors are not shown" });
    }
    this.#post({ kind: "uncaught", message: errorText(thrown), line: started?.line });
  }
}
