import type { Clock, Wait } from "../clock.ts";

/**
 * Yields at most one item per `ms`: after an item the source is not asked again before `ms` have passed (tokio-stream's
 * `throttle`, Listing 17-39). The first item is not delayed, and no item is dropped. Closing it closes the source at once,
 * even during a delay.
 */
export function throttle<T>(source: AsyncIterable<T>, ms: number, clock: Clock): AsyncIterableIterator<T> {
  const items = source[Symbol.asyncIterator]();
  let next = -Infinity; // when the source may be asked again
  let delay: { readonly wait: Wait; readonly over: () => void } | undefined;
  let closed = false;
  return {
    async next() {
      const left = next - clock.now();
      if (left > 0 && !closed) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const wait = clock.wait(left);
        delay = { wait, over: resolve };
        wait.done.then(resolve);
        await promise;
      }
      if (closed) return { done: true, value: undefined };
      const result = await items.next();
      next = clock.now() + ms;
      return result;
    },
    async return() {
      closed = true;
      delay?.wait.cancel();
      delay?.over();
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
