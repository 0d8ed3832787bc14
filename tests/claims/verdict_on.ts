import type { Claim } from "../../lib/claims/claim.ts";
import { judge } from "../../lib/claims/judge.ts";
import type { Verdict } from "../../lib/model/claim.ts";
import { place } from "./lab.ts";

/** The verdict on a claim that is tested alone, on a machine where nothing else runs. */
export function verdictOn<M>(claim: Claim<M>, found: M): Verdict["verdict"] | undefined {
  return judge([{ claim, finding: claim.judge(found, place), loads: [] }], [], place)[0]?.verdict;
}
