/** Interleaves async iterables by arrival. It neither closes its sources nor reports an error before its queue is empty. */
export declare class MuxAsyncIterator<T> implements AsyncIterable<T> {
  /** Adds a source and asks it for its first item at once. */
  add(iterable: AsyncIterable<T>): void;
  /** The items of all sources; a source is asked again only after its item was taken. */
  iterate(): AsyncIterableIterator<T>;
  [Symbol.asyncIterator](): AsyncIterator<T>;
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export declare function delay(ms: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
