import { MuxAsyncIterator } from "@std/async";
import { Rounds } from "./rounds.ts";

/** What a guarded source yields to the multiplexer. An error is passed as an item, so that it keeps its place. */
type Guarded<T> = { readonly kind: "item"; readonly value: T } | { readonly kind: "failed"; readonly error: unknown };

/**
 * Interleaves sources by arrival. The order of each source is kept; a source is asked for its next item only after its last
 * one was taken.
 *
 * `MuxAsyncIterator` does the interleaving. It never closes its sources, and it reports an error only when its queue is
 * empty, which busy sources can delay for ever. So errors pass through it as items, and closing is done here. It frees what it
 * has yielded only then, too: see `Rounds`.
 *
 * However the merge ends, it closes every source at once, even while all are silent. Sources must be channels or operators
 * over channels: their `return` settles a pending `next`.
 */
export function merge<T>(...sources: readonly AsyncIterable<T>[]): AsyncIterableIterator<T> {
  const open = sources.map((source) => source[Symbol.asyncIterator]());
  const rounds = new Rounds();
  let merged: AsyncIterator<Guarded<T>> | undefined;
  let closed = false;

  async function close(): Promise<IteratorResult<T>> {
    closed = true;
    const endings = await Promise.allSettled(open.splice(0).map(async (source) => await source.return?.()));
    const failed = endings.find((ending) => ending.status === "rejected");
    if (failed) throw failed.reason;
    return { done: true, value: undefined };
  }

  return {
    async next() {
      if (closed) return { done: true, value: undefined };
      merged ??= multiplex(open, rounds);
      const asked = merged.next();
      rounds.ask();
      const result = await asked;
      rounds.leave();
      if (closed) return { done: true, value: undefined };
      if (result.done) return await close();
      if (result.value.kind === "item") return { done: false, value: result.value.value };
      await close().catch(() => {}); // the first error is the one to report
      throw result.value.error;
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function multiplex<T>(sources: readonly AsyncIterator<T>[], rounds: Rounds): AsyncIterator<Guarded<T>> {
  const mux = new MuxAsyncIterator<Guarded<T>>();
  for (const source of sources) mux.add(guard(source, rounds));
  return mux.iterate();
}

function guard<T>(source: AsyncIterator<T>, rounds: Rounds): AsyncIterableIterator<Guarded<T>> {
  return {
    async next() {
      if (rounds.wait) await rounds.wait;
      try {
        const result = await source.next();
        if (result.done) return result;
        rounds.enter();
        return { done: false, value: { kind: "item", value: result.value } };
      } catch (error) {
        rounds.enter();
        return { done: false, value: { kind: "failed", error } };
      }
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
