import type { AdvisedWork, ClaimsAdvice, JudgedClaim } from "../model/claim.ts";
import type { Claim } from "./claim.ts";

/** The name of the quantity that tells the break-even. */
export const breakEvenName = "breakEven";

/** The order in which the kinds of work are named. */
const order: readonly AdvisedWork[] = ["waiting", "computing", "mixed"];

/** What the claims that hold recommend, and from which computing time on threads pay. */
export function claimsAdvice(judged: readonly JudgedClaim[], claims: readonly Claim[]): ClaimsAdvice {
  const uses = claims.flatMap(({ id, advises }) => {
    const found = judged.find((one) => one.id === id && one.verdict === "holds");
    return found === undefined || advises === undefined ? [] : [{ ...advises, claim: id, ratio: found.effect ?? NaN }];
  });
  const one = judged.find(({ evidence }) => evidence !== null && breakEvenName in evidence.quantities);
  uses.sort((a, b) => order.indexOf(a.work) - order.indexOf(b.work));
  return { uses, breakEven: one?.evidence?.quantities[breakEvenName] ?? null };
}
