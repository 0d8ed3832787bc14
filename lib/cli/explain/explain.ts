import type { Session } from "../terminal/session.ts";
import { choose } from "../claims/claims.ts";

/** `tandem explain CLAIM`: what the claim says, where it comes from and how it is tested. */
export async function run(ids: readonly string[], { stdout }: Session): Promise<number> {
  for (const { id, sentence, source, explanation } of choose(ids)) {
    await stdout.write(`${id}: "${sentence}" (${source})\n${explanation}\nTest it: tandem claims ${id}\n\n`);
  }
  await stdout.write("How it is decided: tandem help verdicts\n");
  return 0;
}
