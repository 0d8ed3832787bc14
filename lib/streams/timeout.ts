import type { Clock } from "../clock.ts";

/** An item of the source, or the report that none came in time. */
export type Timed<T> = { readonly kind: "item"; readonly value: T } | { readonly kind: "elapsed" };

/**
 * Yields items, and reports each gap longer than `ms` once: there is no second report before the next item (tokio-stream's
 * `timeout`, Listing 17-38). A gap starts when its item is asked for, so a slow consumer does not cause one. A late item is
 * not lost. Closing it closes the source at once, even while the source is silent.
 */
export function timeout<T>(source: AsyncIterable<T>, ms: number, clock: Clock): AsyncIterableIterator<Timed<T>> {
  const items = source[Symbol.asyncIterator]();
  let asked: Promise<IteratorResult<T>> | undefined; // one request at a time: asking again would lose a late item
  let reported = false;
  return {
    async next() {
      asked ??= items.next();
      if (!reported) {
        const gap = clock.wait(ms);
        try {
          reported = !await Promise.race([asked.then(() => true), gap.done.then(() => false)]);
        } catch (error) {
          asked = undefined;
          throw error;
        } finally {
          gap.cancel();
        }
        if (reported) return { done: false, value: { kind: "elapsed" } };
      }
      const result = await asked.finally(() => asked = undefined);
      reported = false;
      return result.done ? result : { done: false, value: { kind: "item", value: result.value } };
    },
    async return() {
      await items.return?.(); // settles what is asked for, and so ends its wait
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
