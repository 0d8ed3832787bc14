import type { JudgedClaim, Verdict } from "../model/claim.ts";
import type { ClaimReason } from "../model/reason.ts";
import type { Place } from "./claim.ts";
import type { Measured } from "./experiment.ts";
import { judge, type Tested } from "./judge.ts";
import { familiesIn, type Part, type PlannedClaim } from "./parts.ts";

/** A claim that was judged, and what its judge made of the numbers. */
export interface Settled extends Omit<Tested, "claim"> {
  readonly claim: PlannedClaim["claim"];
}

/**
 * Claims become settled as experiments end: most at once; one with paired rounds may have to wait for the others, as Holm's
 * correction looks at all of them.
 */
export class Settling {
  readonly settled: JudgedClaim[] = [];
  /** All that were measured, settled or not. */
  readonly tested: Settled[] = [];
  readonly #done = new Set<Settled>();
  readonly #place: Place;
  /** Parts that are not measured yet. */
  readonly #toCome: Set<Part["claims"]>;
  readonly #onSettled: (claim: JudgedClaim) => Promise<void>;

  constructor(parts: readonly Part[], place: Place, onSettled: (claim: JudgedClaim) => Promise<void>) {
    this.#place = place;
    this.#onSettled = onSettled;
    this.#toCome = new Set(parts.map(({ claims }) => claims));
  }

  /** What was measured is judged. */
  async measured({ claims }: Part, { found, loads }: Measured<unknown>): Promise<void> {
    for (const { claim, skipped } of claims) {
      if (skipped !== undefined) await this.#settle(claim, { verdict: "skipped", reason: skipped });
      else this.tested.push({ claim, finding: claim.judge(found, this.#place), loads });
    }
    await this.#judge(claims);
  }

  /** Nothing was measured: each claim is skipped, for its own reason if it has one. */
  async skipped({ claims }: Part, reason: ClaimReason): Promise<void> {
    for (const { claim, skipped } of claims) {
      await this.#settle(claim, { verdict: "skipped", reason: skipped ?? reason });
    }
    await this.#judge(claims);
  }

  async #judge(claims: Part["claims"]): Promise<void> {
    this.#toCome.delete(claims);
    const verdicts = judge(this.tested, [...this.#toCome].flatMap(familiesIn), this.#place);
    for (const [i, one] of this.tested.entries()) {
      const verdict = verdicts[i];
      if (verdict === undefined || this.#done.has(one)) continue;
      this.#done.add(one);
      await this.#settle(one.claim, verdict, one);
    }
  }

  async #settle({ id, sentence, source }: PlannedClaim["claim"], verdict: Verdict, one?: Settled): Promise<void> {
    const { effect = null, interval = null, evidence = null } = one?.finding ?? {};
    const settled = { id, sentence, source, ...verdict, effect, interval, evidence };
    this.settled.push(settled);
    await this.#onSettled(settled);
  }
}
