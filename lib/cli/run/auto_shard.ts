import { UsageError } from "../../errors.ts";
import { proseText } from "../../report/wrap.ts";
import type { Session } from "../terminal/session.ts";
import type { GivenRunValues, RunValues } from "./command.ts";
import { engineShard } from "./engine_shard.ts";

/** Values whose shard is decided, and a session whose call says it too, so that a resumed run has the same one. */
export interface Placed {
  readonly values: RunValues;
  readonly session: Session;
}

/**
 * Decides what `--shard auto` means here, and says it on stderr.
 *
 * @throws {UsageError} no engine says it, or not for certain; or --shards is given without it
 */
export async function placeShard(given: GivenRunValues, session: Session): Promise<Placed> {
  const { shard: asked, shards, quiet } = given;
  if (asked !== "auto") throw new UsageError(`--shards ${shards} is for --shard auto; leave it out, or add that`);
  const placement = engineShard(session.variable, shards);
  if (placement.kind === "refused") throw new UsageError(`--shard auto: ${placement.why}`);
  const { shard, from } = placement;
  if (!quiet) {
    const { index, count } = shard;
    const text = `shard ${index + 1} of ${count} from ${from.join(" and ")}: --shard ${index}/${count}`;
    await session.stderr.write(proseText([text], session.stderr.style));
  }
  const { shards: _, ...others } = session.call.given;
  const call = { ...session.call, given: { ...others, shard } };
  return { values: { ...given, shard, shards: undefined }, session: { ...session, call } };
}
