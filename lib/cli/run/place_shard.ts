import { UsageError } from "../../errors.ts";
import { proseText, warningText } from "../../report/wrap.ts";
import type { Shard } from "../table/option.ts";
import type { Session } from "../terminal/session.ts";
import { type GivenRunValues, runOptions, type RunValues } from "./command.ts";
import { engineShard, type Placement } from "./engine_shard.ts";
import { nameByShard, unnamedFiles } from "../job/shard_names.ts";

/**
 * Values whose shard is decided and stands in the names of files, and a session whose call says it too, so that a resumed run has
 * the same one.
 */
export interface Placed {
  readonly values: RunValues;
  readonly session: Session;
}

/**
 * Decides which shard `--shard auto` means here, which is then said on stderr, and writes its number for `{shard}` in the names of
 * files.
 *
 * @throws {UsageError} no engine says it, or not for certain; --shards is given without it; or a name needs a shard, and none is given
 */
export async function placeShard(given: GivenRunValues, session: Session): Promise<Placed> {
  const { shards: _, ...others } = session.call.given;
  const { shard, from } = await shardOf(given, session);
  const { values, called } = nameByShard(runOptions, given, shard);
  const all = { ...given, ...values, shard, shards: undefined };
  const call = { ...session.call, given: { ...others, ...called, ...shard === undefined ? {} : { shard } } };
  const shared = unnamedFiles(runOptions, session.call.given, shard, from.map((name) => session.variable(name)));
  if (shared.length > 0) await session.stderr.write(warningText(sharedText(shared), session.stderr.style));
  return { values: all, session: { ...session, call } };
}

function sharedText(flags: readonly string[]): string {
  const them = flags.length === 1 ? "it" : "them";
  return `each shard writes ${
    flags.join(" and ")
  }: where shards share a disk, put {shard} into the name, or they overwrite ${them}`;
}

async function shardOf(
  { shard: asked, shards, quiet }: GivenRunValues,
  session: Session,
): Promise<Pick<Extract<Placement, { kind: "shard" }>, "from"> & { readonly shard: Shard | undefined }> {
  if (asked !== "auto") {
    if (shards === undefined) return { shard: asked, from: [] };
    throw new UsageError(`--shards ${shards} is for --shard auto; leave it out, or add that`);
  }
  const placement = engineShard(session.variable, shards);
  if (placement.kind === "refused") throw new UsageError(`--shard auto: ${placement.why}`);
  const { shard: { index, count }, from } = placement;
  if (!quiet) {
    const text = `shard ${index + 1} of ${count} from ${from.join(" and ")}: --shard ${index}/${count}`;
    await session.stderr.write(proseText([text], session.stderr.style));
  }
  return placement;
}
