import { UsageError } from "../../errors.ts";
import { flagName, type Options, type Shard } from "../table/option.ts";

/** `{shard}`, and how the same text is written where it means itself. */
const place = /\{\{shard\}\}|\{shard\}/g;

type Values = Readonly<Record<string, unknown>>;

/**
 * The number of a shard as it stands in names: with as many digits as the highest one has, so that names sort, as those of Hadoop
 * (part-00000) and Beam (-SSSSS-of-NNNNN) do.
 */
export function shardNumber({ index, count }: Shard): string {
  return String(index).padStart(String(count - 1).length, "0");
}

/** A name with the shard's number in it, and `{shard}` for `{{shard}}`. */
export function namedFor(name: string, shard: Shard): string {
  return name.replace(place, (found) => found === "{shard}" ? shardNumber(shard) : "{shard}");
}

/** Whether a name differs from shard to shard. */
export function namesShard(name: string): boolean {
  return name.match(place)?.includes("{shard}") ?? false;
}

/**
 * The names of the files that a command writes, for this shard. `called`: the same as a command line has them, where `{{shard}}`
 * stays. The names of inputs stay too: shards share their input, and of one of its own each would run a part only.
 *
 * @throws {UsageError} a name has `{shard}` in it, and there is no shard
 */
export function nameByShard(options: Options, given: Values, shard: Shard | undefined) {
  const named: Record<string, unknown> = {};
  const called: Record<string, unknown> = {};
  for (const [key, names] of writtenFiles(options, given)) {
    const missing = shard === undefined ? names.find(namesShard) : undefined;
    if (missing !== undefined) {
      throw new UsageError(
        `--${
          flagName(key)
        } ${missing}: {shard} is the number of a shard; add --shard I/N or --shard auto, or write {{shard}} for a ` +
          "name with these letters",
      );
    }
    const of = shard ?? { index: 0, count: 1 };
    const inCall = (name: string) => name.replace(place, (found) => found === "{shard}" ? shardNumber(of) : found);
    const like = (texts: readonly string[]) => Array.isArray(given[key]) ? texts : texts[0];
    named[key] = like(names.map((name) => namedFor(name, of)));
    called[key] = like(names.map(inCall));
  }
  return { values: named, called };
}

/**
 * Flags whose files all shards write: each has the same command line where the engine says which shard it is, unless the engine's
 * own number is in the name. `numbers`: what it says.
 */
export function unnamedFiles(
  options: Options,
  given: Values,
  shard: Shard | undefined,
  numbers: readonly (string | undefined)[],
): readonly string[] {
  if (shard === undefined || shard.count === 1 || numbers.length === 0) return [];
  const isOwn = (name: string) => namesShard(name) || name.match(/\d+/g)?.some((number) => numbers.includes(number));
  return writtenFiles(options, given).flatMap(([key, names]) =>
    names.filter((name) => name !== "-" && !name.startsWith("/dev/") && !isOwn(name))
      .map((name) => `--${flagName(key)} ${name}`)
  );
}

/** The names of the files that a command writes, by their flags. */
function writtenFiles(options: Options, given: Values): [key: string, names: readonly string[]][] {
  return Object.entries(options).flatMap(([key, { writes }]) => {
    const names = writes ? [given[key] ?? []].flat() as string[] : [];
    return names.length === 0 ? [] : [[key, names]];
  });
}
