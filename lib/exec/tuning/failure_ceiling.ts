import type { Ceiling } from "./ceiling.ts";
import type { SlotReading } from "./slot_reading.ts";

/** How long places stay as they are on the way back to where items failed, in milliseconds. */
const backMs = 500;

/** How long they stay just below that before more are tried, at first and at most, in milliseconds: it doubles with each failure. */
const [firstProbeMs, maxProbeMs] = [1_000, 10_000];

/** Narrower has helped if it brings failures down to this share of what they were. */
const relief = 0.5;

/** So few failures are never for want of places, whatever the width; and how many items tell so. */
const negligible = { share: 0.01, items: 100 };

/** A share that is tolerated was measured on a few items: it may be larger by this factor. */
const slack = 1.5;

/** If more than this share fails however narrow the run is, what the items call is down. */
const down = 0.98;

/** A cut that waits to be judged: which share failed before it, and how many cuts before it brought no relief. */
interface Cut {
  readonly share: number;
  readonly idle: number;
}

/**
 * How many places a run may have so that items do not fail for want of what they call: at first as many as it wants.
 *
 * A slot takes away the place of an item that fails, until it is told its width anew. So nothing is lost while a generation of
 * items is counted: then the run keeps the places whose items did not fail (multiplicative decrease: at most to an eighth). They come
 * back by half of what is missing to where items failed (as in BIC, Xu, Harfoush and Rhee 2004). Just below that the run stays, and
 * rarely tries one more; if that goes well, 2 more, then 4.
 *
 * A failure need not come from the width: a line may simply be bad. So each cut is judged after another generation. If as many
 * items fail as before, narrower does not help: that share is tolerated from then on, and all places come back.
 */
export class FailureCeiling implements Ceiling {
  #places = Infinity;
  #tolerated = 0;
  #cut: Cut | undefined;
  /** Of the items since the last change. */
  #ended = 0;
  #failed = 0;
  /** How many of the items that ran at the last cut may not have ended. */
  #older = 0;
  #changedAt = -Infinity;
  /** The fewest places at which items have failed for their number. */
  #tooMany = Infinity;
  #probeMs = firstProbeMs;
  #step = 1;

  /** Maximum items at once. */
  get places(): number {
    return this.#places;
  }

  /** The share of items that fail at any width. */
  get tolerated(): number {
    return this.#tolerated;
  }

  /** Whether failures are being counted, or a cut is: what the run does now says nothing about its width. */
  get counts(): boolean {
    return this.#cut !== undefined || this.#failed > 0 && this.#tolerated === 0;
  }

  /** Takes a reading of a run that has `places`. Returns whether slots are to be told their width, even if it is the same. */
  observe({ items, failed = 0, full = false }: SlotReading, places: number, now: number): boolean {
    if (this.#older > 0) { // they started before the cut
      this.#older -= items;
      return this.#older <= 0; // the places of those that failed are needed again
    }
    if (failed > 0 && this.#failed === 0 && this.#cut === undefined) this.#ended = 0; // what ended long ago would hide it
    this.#ended += items;
    this.#failed += failed;
    const generation = Math.max(places, this.#cut === undefined ? 0 : itemsToJudge(this.#cut));
    if (this.#ended < generation) return false;
    const share = this.#failed / this.#ended;
    if (this.#failed > 0 && this.#isTolerable) {
      if (this.#ended < negligible.items) return false;
      this.#cut = undefined;
      return this.#changed(now, this.#tolerated === 0); // their places are needed again
    }
    if (this.#failed === 0) {
      this.#cut = undefined;
      return full && this.#places < Infinity && this.#raise(now);
    }
    if (this.#cut === undefined || share < this.#cut.share * relief) {
      return this.#cutFrom(places, { share, idle: 0 }, now);
    }
    const { idle, share: before } = this.#cut;
    const isOfAnyWidth = share < down && (places === 1 || before < 0.5 && idle > 0);
    return isOfAnyWidth ? this.#tolerate(share, now) : this.#cutFrom(places, { share, idle: idle + 1 }, now);
  }

  /** Narrower did not help: all places come back. */
  #tolerate(share: number, now: number): boolean {
    this.#tolerated = share;
    this.#cut = undefined;
    this.#places = Infinity;
    return this.#changed(now, true);
  }

  /** Whether so many items fail at any width. */
  get #isTolerable(): boolean {
    const share = Math.max(slack * this.#tolerated, negligible.share);
    return this.#failed <= highest(share, this.#ended);
  }

  #cutFrom(places: number, cut: Cut, now: number): boolean {
    const left = cut.idle === 0 ? places - this.#failed : Math.min(places - this.#failed, places >> 1);
    this.#places = Math.max(1, Math.ceil(places / 8), left);
    this.#cut = places > 1 ? cut : undefined;
    this.#older = places;
    this.#tooMany = places;
    this.#probeMs = Math.min(maxProbeMs, 2 * this.#probeMs);
    this.#step = 1;
    return this.#changed(now, true);
  }

  #raise(now: number): boolean {
    const missing = this.#tooMany - 1 - this.#places;
    const isProbing = missing <= 0;
    if (now - this.#changedAt < (isProbing ? this.#probeMs : backMs)) return false;
    if (missing < Infinity && !isProbing) this.#places += Math.ceil(missing / 2);
    else {
      this.#tooMany = Infinity;
      this.#places += this.#step;
      this.#step = Math.min(2 * this.#step, Math.ceil(this.#places / 4));
    }
    return this.#changed(now, true);
  }

  #changed(now: number, told: boolean): boolean {
    this.#changedAt = now;
    this.#ended = this.#failed = 0;
    return told;
  }
}

/** How many items tell whether a cut has brought failures down. */
function itemsToJudge({ share }: Cut): number {
  return Math.min(64, Math.max(8, Math.ceil(3 / share)));
}

/** How many of these items may fail, by chance, if such a share does: three standard deviations, and one, above it. */
function highest(share: number, items: number): number {
  return share * items + 3 * Math.sqrt(share * (1 - share) * items) + 1;
}
