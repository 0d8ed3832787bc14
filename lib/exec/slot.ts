import type { Clock } from "../clock.ts";
import type { Item, ItemError, Outcome } from "../model.ts";
import type { FromSlot } from "./protocol.ts";

/** How long finished outcomes may wait for company before they leave, in milliseconds. */
const gatherMs = 5;

/** Runs one item; what it throws or rejects with is the item's error. */
export type RunItem = (item: Item) => unknown;

/**
 * A slot's side of the work: takes items, runs up to `tasks` of them at once, and posts their outcomes: when nothing is
 * left to do, and at the latest `gatherMs` after the first of them, between items.
 */
export function serveItems(
  run: RunItem,
  tasks: number,
  clock: Clock,
  post: (message: FromSlot) => void,
): (items: readonly Item[]) => void {
  const queue: Item[] = [];
  let running = 0;
  let finished: Outcome[] = [];
  let oldestMs = 0; // when the first of `finished` was
  let flushing = false; // a timer will flush

  function flush(): void {
    if (finished.length > 0) post({ kind: "outcomes", outcomes: finished });
    finished = [];
  }

  function finish(outcome: Outcome): void {
    const now = clock.now();
    if (finished.push(outcome) === 1) oldestMs = now;
    if ((running === 0 && queue.length === 0) || now - oldestMs >= gatherMs) return flush();
    if (flushing) return;
    flushing = true;
    clock.wait(1).done.then(() => (flushing = false, flush()));
  }

  async function settle(item: Item, promise: PromiseLike<unknown>): Promise<void> {
    const outcome = await promise.then((value) => ok(item, value), (error) => failed(item, error));
    running--;
    finish(outcome);
    start();
  }

  function start(): void {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      let outcome: Outcome;
      try {
        const value = run(item);
        if (isPromise(value)) {
          running++;
          void settle(item, value);
          if (running >= tasks) return;
          continue;
        }
        outcome = ok(item, value);
      } catch (error) {
        outcome = failed(item, error);
      }
      finish(outcome);
    }
  }

  return (items) => {
    queue.push(...items);
    if (running < tasks) start();
  };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** An outcome that can be posted: values that cannot cross threads become the item's error. */
function ok({ index }: Item, value: unknown): Outcome {
  const outcome: Outcome = { kind: "ok", index, value: value ?? null };
  if (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol") return outcome;
  try {
    structuredClone(value);
    return outcome;
  } catch (error) {
    return { kind: "error", index, error: describeError(error) };
  }
}

function failed({ index }: Item, error: unknown): Outcome {
  return { kind: "error", index, error: describeError(error) };
}

/** The name and message of anything that can be thrown, `null` and objects with hostile getters included. */
export function describeError(error: unknown): ItemError {
  try {
    return error instanceof Error ? { name: String(error.name), message: String(error.message) } : {
      name: "Error",
      message: `thrown: ${typeof error === "string" ? error : JSON.stringify(error) ?? String(error)}`,
    };
  } catch {
    return { name: "Error", message: "thrown: something that cannot be shown" };
  }
}
