import { Queue } from "./queue.ts";

/** The producer's end of a channel. */
export interface Sender<T> {
  /** Queues a value; the queue is unbounded. Once the channel is closed, queues nothing and returns false. */
  send(value: T): boolean;
  /** No more values will come: the receiver ends after the queued ones. */
  close(): void;
  /** Like `close`, but the receiver ends by throwing `error`. */
  fail(error: unknown): void;
  /** Aborts when the receiver has closed the channel. */
  readonly closed: AbortSignal;
}

/** The consumer's end of a channel. Its `return` closes it at once: a pending `next` ends, and queued values are dropped. */
export interface Receiver<T> extends AsyncIterableIterator<T> {
  return(): Promise<IteratorResult<T>>;
}

type Ending = { readonly kind: "closed" } | { readonly kind: "failed"; readonly error: unknown };

/** An unbounded first-in first-out queue between a producer and one consumer (tokio's `unbounded_channel`). */
export function channel<T>(): { readonly sender: Sender<T>; readonly receiver: Receiver<T> } {
  const closing = new AbortController();
  const asked: PromiseWithResolvers<IteratorResult<T>>[] = [];
  const queue = new Queue<T>();
  let ending: Ending | undefined;

  function end(how: Ending): void {
    ending ??= how;
    for (const request of asked.splice(0)) settle(request);
  }

  // Invariant: values and requests are never queued at the same time.
  function settle(request: PromiseWithResolvers<IteratorResult<T>>): void {
    if (ending?.kind === "failed") {
      request.reject(ending.error);
      ending = { kind: "closed" };
    } else if (ending) {
      request.resolve({ done: true, value: undefined });
    } else {
      asked.push(request);
    }
  }

  const sender: Sender<T> = {
    send(value) {
      if (ending) return false;
      const request = asked.shift();
      if (request) request.resolve({ done: false, value });
      else queue.add(value);
      return true;
    },
    close: () => end({ kind: "closed" }),
    fail: (error) => end({ kind: "failed", error }),
    closed: closing.signal,
  };
  const receiver: Receiver<T> = {
    next() {
      if (!queue.isEmpty) return Promise.resolve({ done: false, value: queue.take() });
      const request = Promise.withResolvers<IteratorResult<T>>();
      settle(request);
      return request.promise;
    },
    return() {
      queue.clear();
      ending = { kind: "closed" };
      end(ending);
      closing.abort();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return { sender, receiver };
}
