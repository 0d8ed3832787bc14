/** Ends after `count` items and closes the source, without asking it for one more item (tokio-stream's `take`). */
export function take<T>(source: AsyncIterable<T>, count: number): AsyncIterableIterator<T> {
  const items = source[Symbol.asyncIterator]();
  let left = count;

  async function close(): Promise<IteratorResult<T>> {
    left = 0;
    await items.return?.();
    return { done: true, value: undefined };
  }

  return {
    async next() {
      if (left === 0) return await close();
      const result = await items.next();
      left = result.done ? 0 : Math.max(0, left - 1);
      return result;
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
