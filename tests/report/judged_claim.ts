import type { Evidence, JudgedClaim } from "../../lib/model/claim.ts";
import type { Quantity } from "../../lib/model/quantity.ts";

/** A quantity of milliseconds. */
export const ms = (value: number): Quantity => ({ value, unit: "ms", interval: null, of: null });

/** What was measured: 190 ms as tasks, 100 ms in threads. */
export function evidence(rest: Partial<Evidence> = {}): Evidence {
  const says = "It takes {tasks} as tasks and {threads} in threads.";
  const [tasks, threads] = [ms(190), ms(100)];
  return { tasks, threads, says, quantities: { tasks, threads }, samples: {}, ...rest };
}

/** A claim that holds. */
export function judged(rest: Partial<JudgedClaim> = {}): JudgedClaim {
  return {
    id: "threads-parallel",
    sentence: "threads run in parallel",
    source: "book",
    verdict: "holds",
    reason: { kind: "beyond-limit", side: "above", at: 1.2, unit: "ratio" },
    effect: 1.9,
    interval: [1.84, 1.92],
    evidence: evidence(),
    ...rest,
  };
}

/** A claim that fails, by what was counted. */
export const counted = judged({
  id: "same-output",
  sentence: "the output is the same with either producer",
  verdict: "fails",
  reason: { kind: "counted" },
  effect: null,
  interval: null,
  evidence: evidence({
    tasks: { value: 34, unit: "count", interval: null, of: 40 },
    threads: { value: 28, unit: "count", interval: null, of: 40 },
    says: "{pairs} pairs differ on stderr.",
    quantities: { pairs: { value: 12, unit: "count", interval: null, of: 40 } },
  }),
});
