import type { AdvisedWork, ClaimsAdvice, JudgedClaim } from "../model/claim.ts";
import type { Claim } from "./claim.ts";

/** The names of the quantities that tell the break-even: how long an item computes there, and how long it waits. */
export const breakEvenName = "breakEven";
export const breakEvenWaitName = "wait";

/** The order in which the kinds of work are named. */
const order: readonly AdvisedWork[] = ["waiting", "computing", "mixed"];

/** What the claims that hold recommend, and from which computing time on threads pay. */
export function claimsAdvice(judged: readonly JudgedClaim[], claims: readonly Claim[]): ClaimsAdvice {
  const uses = claims.flatMap(({ id, advises }) => {
    const found = judged.find((one) => one.id === id && one.verdict === "holds");
    return found === undefined || advises === undefined ? [] : [{ ...advises, claim: id, ratio: found.effect ?? NaN }];
  });
  uses.sort((a, b) => order.indexOf(a.work) - order.indexOf(b.work));
  const numbers = judged.map(({ evidence }) => evidence?.quantities ?? {}).find((one) => breakEvenName in one);
  const breakEven = numbers && { computing: numbers[breakEvenName], waiting: numbers[breakEvenWaitName] };
  return { uses, breakEven: breakEven ?? null };
}
