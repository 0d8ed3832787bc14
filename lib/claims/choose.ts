import { UsageError } from "../errors.ts";
import type { Claim } from "./claim.ts";
import { claims } from "./mod.ts";

/**
 * The claims with these ids; all claims if there are no ids. `hint` makes a sentence about an unknown id from that id and
 * the known ones.
 *
 * @throws {UsageError} an id is unknown
 */
export function chooseClaims(
  ids: readonly string[],
  hint: (id: string, known: readonly string[]) => string,
): readonly Claim[] {
  const known = claims.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UsageError(`unknown claim "${id}".${hint(id, known)}`);
    }
  }
  return ids.length === 0 ? claims : claims.filter(({ id }) => ids.includes(id));
}
