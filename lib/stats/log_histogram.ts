/** The largest relative error of a quantile. */
export const relativeError = 0.01;

/** A bucket reaches from one power of this to the next one. */
const ratio = (1 + relativeError) / (1 - relativeError);
const logRatio = Math.log(ratio);

/** Values below this count as this much, and those above the last bucket as that much: 1 microsecond to 30 days, in milliseconds. */
const [least, most] = [1e-3, 30 * 86_400_000];
const buckets = bucketOf(most) + 1;

function bucketOf(value: number): number {
  return Math.max(0, Math.ceil(Math.log(value / least) / logRatio));
}

/**
 * How values are distributed, in memory that does not grow: a count for each bucket of a logarithmic scale. A quantile is at most 1 %
 * off, as in DDSketch (Masson, Rim, Lee, VLDB 2019): the error of any value of a bucket against what is told of it is at most that.
 */
export class LogHistogram {
  readonly #counts = new Float64Array(buckets);
  #total = 0;

  /** `weight`: how many values this one stands for. */
  add(value: number, weight = 1): void {
    this.#counts[value <= least ? 0 : Math.min(buckets - 1, bucketOf(value))] += weight;
    this.#total += weight;
  }

  /** Adds all that another one has. */
  addAll({ counts, total }: LogHistogram): void {
    for (let i = 0; i < buckets; i++) this.#counts[i] += counts[i];
    this.#total += total;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** The smallest value with this share of all values at or below it; undefined if there are none. */
  quantile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    const rank = share * this.#total;
    let below = 0;
    for (let i = 0; i < buckets; i++) {
      below += this.#counts[i];
      if (this.#counts[i] > 0 && below >= rank * (1 - 1e-12)) return valueOf(i); // sums of weights are rounded
    }
    return valueOf(buckets - 1);
  }

  get total(): number {
    return this.#total;
  }

  get counts(): Float64Array {
    return this.#counts;
  }
}

/** The value that is no more than `relativeError` off any of its bucket. */
function valueOf(bucket: number): number {
  return bucket === 0 ? least : least * ratio ** bucket * 2 / (ratio + 1);
}
