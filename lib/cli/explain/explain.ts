import { chooseClaims } from "../../claims/choose.ts";
import { didYouMean } from "../table/suggest.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem explain CLAIM`: what the claim says, where it comes from and how it is tested. */
export async function run(ids: readonly string[], { stdout }: Session): Promise<number> {
  for (const { id, sentence, source, explanation } of chooseClaims(ids, didYouMean)) {
    await stdout.write(`${id}: "${sentence}" (${source})\n${explanation}\nTest it: tandem claims ${id}\n\n`);
  }
  await stdout.write("How it is decided: tandem help verdicts\n");
  return 0;
}
