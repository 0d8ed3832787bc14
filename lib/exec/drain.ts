/** A generator whose values are being taken, and how far ahead of its reader it may be. */
export interface Draining {
  /** Resolves at the generator's end; rejects with what it, or `emit`, throws. */
  readonly done: Promise<void>;
  /** So many bytes of its values have left for main. */
  left(bytes: number): void;
  /** Main has taken so many of them. */
  taken(bytes: number): void;
}

/** Bytes that one item's values may be ahead of whoever reads them. */
const itemCredit = 256 * 1024;

// What we use we keep: the job may replace globals.
const NativePromise = Promise;

/** Takes the values of a generator, sync or async, one by one, and pauses it while its reader is behind. */
export function drain(values: Iterator<unknown> | AsyncIterator<unknown>, emit: (value: unknown) => void): Draining {
  let ahead = 0;
  let wake = () => {};

  async function takeAll(): Promise<void> {
    await undefined; // whoever called knows us by the first value
    while (true) {
      if (ahead >= itemCredit) await new NativePromise<void>((resolve) => wake = resolve);
      const step = values.next();
      const { done, value } = "then" in step ? await step : step;
      if (done) return;
      try {
        emit(value);
      } catch (error) {
        try {
          await values.return?.();
        } catch {
          // what went wrong first is the item's error
        }
        throw error;
      }
    }
  }

  return {
    done: takeAll(),
    left: (bytes) => ahead += bytes,
    taken(bytes) {
      ahead -= bytes;
      if (ahead < itemCredit) wake();
    },
  };
}
