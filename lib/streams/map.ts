/** Yields `fn(item)` for each item. If `fn` throws, closes the source and throws the error. Closing it closes the source. */
export function map<T, U>(source: AsyncIterable<T>, fn: (item: T) => U): AsyncIterableIterator<U> {
  const items = source[Symbol.asyncIterator]();
  return {
    async next() {
      const result = await items.next();
      if (result.done) return result;
      try {
        return { done: false, value: fn(result.value) };
      } catch (error) {
        await items.return?.();
        throw error;
      }
    },
    async return() {
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
