import type { SlotReading } from "../../exec/tuning/slot_reading.ts";
import { spanWords } from "../../exec/wire/probed.ts";
import { LogHistogram } from "../../stats/log_histogram.ts";

/** How long items take from start to end, in milliseconds: half of them, and 99 of 100, take no longer. At most 1 % off. */
export interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The last so many seconds count as what items take now. */
const recentSeconds = 5;

/**
 * How long the items of a run take. A slot may report some of its items only: each then stands for as many as ended with it.
 */
export class RunTimes {
  readonly #all = new LogHistogram();
  /** A histogram for each of the last seconds, used in turn. */
  readonly #recent = Array.from({ length: recentSeconds }, () => ({ second: -1, histogram: new LogHistogram() }));

  add({ spans, items }: Pick<SlotReading, "spans" | "items">, now: number): void {
    if (spans === undefined) return;
    const weight = items * spanWords / spans.length;
    const recent = this.#at(Math.floor(now / 1000));
    for (let i = 0; i < spans.length; i += spanWords) {
      this.#all.add(spans[i + 2], weight);
      recent.add(spans[i + 2], weight);
    }
  }

  /** Of the items that ended in the last five seconds. */
  recent(now: number): Percentiles | undefined {
    const sum = new LogHistogram();
    const since = Math.floor(now / 1000) - recentSeconds;
    for (const { second, histogram } of this.#recent) if (second > since) sum.addAll(histogram);
    return percentiles(sum);
  }

  /** Of all items. */
  get all(): Percentiles | undefined {
    return percentiles(this.#all);
  }

  #at(second: number): LogHistogram {
    const place = this.#recent[second % recentSeconds];
    if (place.second !== second) {
      place.second = second;
      place.histogram.clear();
    }
    return place.histogram;
  }
}

function percentiles(histogram: LogHistogram): Percentiles | undefined {
  const [p50Ms, p99Ms] = [histogram.quantile(0.5), histogram.quantile(0.99)];
  return p50Ms === undefined || p99Ms === undefined ? undefined : { p50Ms, p99Ms };
}
