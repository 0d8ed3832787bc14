import type { Effort } from "./effort.ts";
import type { Cell, Mode } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { Unit } from "./quantity.ts";

/** Why a measurement cannot be trusted, whatever it shows. */
export type Doubt =
  | { readonly kind: "too-few-rounds"; readonly rounds: number; readonly needed: number }
  | { readonly kind: "control-failed" }
  /** Other programs took cores that are needed in `rounds` rounds: `foreignCores` of `cores` on average. */
  | { readonly kind: "contended"; readonly rounds: number; readonly foreignCores: number; readonly cores: number };

/** Why a comparison shows nothing. */
export type Reason = Doubt | { readonly kind: "no-difference" };

/** Why there is no advice: not all modes were measured, or a comparison is in doubt. */
export type NoAdviceReason = Reason | { readonly kind: "modes-left-out" };

/** What an item of a job mostly does; shares are of its time, from 0 to 1. */
export type Work =
  | { readonly kind: "tiny"; readonly itemMs: number }
  | { readonly kind: "sending" }
  | { readonly kind: "blocking"; readonly share: number }
  | { readonly kind: "computing"; readonly share: number }
  | { readonly kind: "waiting"; readonly share: number }
  | { readonly kind: "mixed"; readonly computing: number; readonly waiting: number };

/** Why a cell is recommended. */
export interface UseReason {
  /** What an item mostly does; null if unknown. */
  readonly work: Work | null;
  /** How many times faster the cell is than serial; null if it is serial. */
  readonly ratio: number | null;
  /** The interval of that ratio; null if there is none. */
  readonly interval: Ends | null;
  /** The fastest cell, where it uses more than the recommended one and is not shown to beat it. */
  readonly wider: { readonly cell: Cell; readonly interval: Ends | null } | null;
}

/** What would change the advice, or what it costs. */
export type Change =
  /** It pays from so many items on, because its threads take `longerMs` more to start. */
  | { readonly kind: "start-up"; readonly items: number; readonly longerMs: number }
  /** Our own cost, or sending, is this share of an item's time. */
  | { readonly kind: "own-cost"; readonly share: number }
  | { readonly kind: "sending"; readonly share: number }
  /** A timer in its threads can be that late. */
  | { readonly kind: "lag"; readonly lagP99Ms: number };

/** Which cell to use, or why none can be recommended. */
export type Advice =
  | (Cell & { readonly kind: "use"; readonly reason: UseReason; readonly changes: readonly Change[] })
  | {
    readonly kind: "none";
    readonly mode: null;
    readonly threads: null;
    readonly tasks: null;
    readonly reason: NoAdviceReason;
    readonly changes: readonly Change[];
  };

/** Why a measurement ended before all rounds were run. */
export type EarlyEnd = "stopped" | "settled" | "time";

/** What the reader should know about a measurement. */
export type Notice =
  /** The job threw so often after its items' ends, which failed none; `message` is the first one's. */
  | { readonly kind: "late-errors"; readonly errors: number; readonly message: string }
  | { readonly kind: "fewer-rounds"; readonly rounds: number; readonly planned: number; readonly why: EarlyEnd }
  /** The median run of a mode is so short that its start and end distort it. */
  | { readonly kind: "short-runs"; readonly mode: Mode; readonly ms: number }
  /** A round took so many times its median; it is counted. */
  | { readonly kind: "slow-round"; readonly round: number; readonly mode: Mode; readonly factor: number };

/** Why a claim has its verdict. */
export type ClaimReason =
  | Doubt
  /** It was not measured: the machine has too little for it, the effort leaves it out, or the time was up. */
  | { readonly kind: "too-few-cores"; readonly cores: number; readonly usableCores: number }
  | { readonly kind: "too-little-memory"; readonly neededBytes: number; readonly maxBytes: number }
  | { readonly kind: "left-out"; readonly effort: Effort }
  | { readonly kind: "time-up" }
  | { readonly kind: "stopped" }
  /** Measuring it failed: the system said no, for example. */
  | { readonly kind: "not-run"; readonly message: string }
  /** A program cannot measure it; the evidence says what can be shown. */
  | { readonly kind: "not-measurable" }
  /** What was counted decides it. */
  | { readonly kind: "counted" }
  /** The interval lies on this side of the claim's limit, or on both sides. */
  | { readonly kind: "beyond-limit"; readonly side: "above" | "below"; readonly at: number; readonly unit: Unit }
  | { readonly kind: "both-sides"; readonly at: number; readonly unit: Unit }
  /** Holm's adjusted p-value is not small enough where so many claims are tested. */
  | { readonly kind: "not-significant"; readonly p: number; readonly claims: number };
