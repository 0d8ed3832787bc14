import { UsageError } from "../../errors.ts";
import { type JournalUse, openJournal } from "../../journal/open_journal.ts";
import type { RunJournal } from "../../journal/run_journal.ts";
import type { JobReference } from "../../model/item.ts";
import type { RunResult } from "../../model/result.ts";
import { tool } from "../../tool.ts";
import { flagName, type Given, type Option } from "../table/option.ts";
import { formatArguments, valueText } from "../table/parse.ts";
import { shellLine } from "../terminal/command_line.ts";
import type { Call, Session } from "../terminal/session.ts";
import { runOptions, type RunValues } from "./command.ts";

/** The flags that name a journal. */
export type JournalFlags = Pick<RunValues, JournalUse["kind"]>;

/**
 * Opens the journal that the flags name. `onBegin` is called when the run begins or goes on.
 *
 * @throws {UsageError} more than one flag is given, or none
 * @throws {JournalError} the journal cannot be used
 */
export async function openRunJournal(
  values: RunValues,
  reference: JobReference,
  { clock, stdoutPlace }: Pick<Session, "clock" | "stdoutPlace">,
  onBegin: () => void,
): Promise<RunJournal> {
  const counting = {
    ordered: !values.unordered,
    inline: values.errors === "inline",
    separator: values.null ? "\0" : "\n",
  } as const;
  const settings = { items: decidedBy(values, "items"), output: decidedBy(values, "output") };
  const run = { reference, settings, counting, version: tool.version, clock, output: stdoutPlace, onBegin };
  return await openJournal(journalUse(values), run);
}

function journalUse({ journal, resume, retryFailed }: JournalFlags): JournalUse {
  const [use, other] = ([["journal", journal], ["resume", resume], ["retryFailed", retryFailed]] as const)
    .flatMap(([kind, name]): JournalUse[] => name === undefined ? [] : [{ kind, name }]);
  if (other === undefined) return use;
  const [one, two] = [use, other].map(({ kind }) => `--${flagName(kind)}`);
  throw new UsageError(`${one} and ${two} exclude each other: give one of them`);
}

/** The flags that decide the items or the output, as texts. */
function decidedBy(values: RunValues, what: "items" | "output") {
  const deciding = Object.entries<Option<unknown>>(runOptions).filter(([, { decides }]) => decides === what);
  return Object.fromEntries(deciding.map(([key, option]) => [key, valueText(option, values[key as keyof RunValues])]));
}

/** The command line that goes on with the journal; null if nothing is left to do. */
export function nextOf(
  { given, operands }: Call,
  { how, failed }: Pick<RunResult, "how" | "failed">,
  fromStdin: boolean,
): string | null {
  const { journal, resume, retryFailed, results, ...others }: Given<typeof runOptions> = given;
  const name = journal ?? resume ?? retryFailed;
  const line = (flag: Given<typeof runOptions>, redirections: string) =>
    shellLine(["tandem", "run", ...formatArguments(runOptions, { ...others, ...flag }, operands)], redirections);
  const input = fromStdin ? "< the same input" : "";
  // Not to `results`, where items that have recovered would be out of order.
  if (how === "done") return failed > 0 ? line({ retryFailed: name }, input) : null;
  const same = retryFailed === undefined ? { resume: name } : { retryFailed }; // it leaves out what has recovered
  if (results !== undefined) return line({ ...same, results }, input);
  return line(same, `${input} >> the same output`.trim());
}
