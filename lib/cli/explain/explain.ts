import { chooseClaims } from "../../claims/choose.ts";
import { claimList, explainText } from "../../report/explain_text.ts";
import { didYouMean } from "../table/suggest.ts";
import { helpWidth } from "../table/wrap.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem explain CLAIM`: all that there is to say of a claim; without one, the list of them. */
export async function run(_values: unknown, ids: readonly string[], { stdout }: Session): Promise<number> {
  const claims = chooseClaims(ids, (id, known) => `${didYouMean(id, known)} See: tandem explain`);
  if (ids.length === 0) {
    await stdout.write(claimList(claims, stdout.style));
    await stdout.write("\nMore on one of them: tandem explain CLAIM\nHow verdicts are reached: tandem help verdicts\n");
    return 0;
  }
  for (const claim of claims) await stdout.write(explainText(claim, helpWidth(stdout.style.width)));
  await stdout.write("How verdicts are reached: tandem help verdicts\n");
  return 0;
}
