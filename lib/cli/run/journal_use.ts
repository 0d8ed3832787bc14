import { UsageError } from "../../errors.ts";
import type { JournalUse } from "../../journal/open_journal.ts";
import { flagName } from "../table/option.ts";
import type { RunValues } from "./command.ts";

/**
 * The journal that the flags name, and what for; undefined if they name none.
 *
 * @throws {UsageError} more than one flag is given
 */
export function journalUse(
  { journal, resume, retryFailed }: Pick<RunValues, JournalUse["kind"]>,
): JournalUse | undefined {
  const [use, other] = ([["journal", journal], ["resume", resume], ["retryFailed", retryFailed]] as const)
    .flatMap(([kind, name]): JournalUse[] => name === undefined ? [] : [{ kind, name }]);
  if (other === undefined) return use;
  const [one, two] = [use, other].map(({ kind }) => `--${flagName(kind)}`);
  throw new UsageError(`${one} and ${two} exclude each other; each of them writes its journal too`);
}
