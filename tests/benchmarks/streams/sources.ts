/** What every contender reads: the same numbers from the same sources. */
import { channel } from "../../../lib/streams/channel.ts";

/** A closed channel with so many values queued. */
export function queued(count: number): AsyncIterable<number> {
  const { sender, receiver } = channel<number>();
  for (let value = 0; value < count; value++) sender.send(value);
  sender.close();
  return receiver;
}

/** Always has its next value ready and keeps none. */
export function ready(count: number): AsyncIterableIterator<number> {
  let value = 0;
  return {
    next: () => Promise.resolve(value < count ? { done: false, value: value++ } : { done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export function eight(source: (count: number) => AsyncIterable<number>, count: number): AsyncIterable<number>[] {
  return Array.from({ length: 8 }, () => source(count / 8));
}
