import { chooseClaims } from "../../claims/choose.ts";
import { didYouMean } from "../table/suggest.ts";
import { wrapWords } from "../../report/wrap.ts";
import { helpWidth } from "../table/wrap.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem explain CLAIM`: what the claim says, where it comes from and how it is tested. */
export async function run(_values: unknown, ids: readonly string[], { stdout }: Session): Promise<number> {
  const width = helpWidth(stdout.style.width);
  for (const { id, sentence, source, explanation } of chooseClaims(ids, didYouMean)) {
    const lines = [`${id}: "${sentence}" (${source})`, explanation, `Test it: tandem claims ${id}`];
    await stdout.write(`${lines.flatMap((line) => wrapWords(line, width)).join("\n")}\n\n`);
  }
  await stdout.write("How it is decided: tandem help verdicts\n");
  return 0;
}
