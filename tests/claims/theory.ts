import type { JobReference } from "../../lib/model/item.ts";
import type { FakeJob } from "../bench/fake_machine.ts";

/** The built-in jobs that the claims measure, as theory has them. */
export function theory(reference: JobReference): FakeJob {
  const jobs: Readonly<Record<string, FakeJob>> = {
    primes: { computingMs: 3 },
    sleep: { computingMs: 0.01, waitingMs: 5 },
    mixed: { computingMs: 2, waitingMs: 5 },
  };
  return jobs[reference.kind === "builtin" ? reference.name : ""];
}
