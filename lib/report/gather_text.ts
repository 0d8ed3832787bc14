import type { FaultyLines, Gathered } from "../model/gathered.ts";
import type { Style } from "./style.ts";
import { plural, whole } from "./words.ts";
import { proseText } from "./wrap.ts";

/** What gather was told of the input's lines: which they are, how many, or nothing; or that some may be in no file. */
export type KnownLines = "items" | "count" | "none" | "sparse";

/** `gathered: 99,997 ok, 3 failed · 8 files`, and up to which line it can tell. */
export function gatherText(
  { ok, failed, lastLine }: Gathered,
  files: number,
  known: KnownLines,
  style: Pick<Style, "terminal" | "width">,
): string {
  const open = known === "none"
    ? ` · up to line ${whole(lastLine)}; to check for lines after it: --items or --lines`
    : "";
  return proseText([`gathered: ${whole(ok)} ok, ${whole(failed)} failed · ${plural(files, "file")}${open}`], style);
}

/** What is wrong with lines, and what to do, for warnings. `names` are those of the files. */
export function faultTexts(
  { missing, doubled, foreign }: Gathered,
  names: readonly string[],
  known: KnownLines,
): readonly string[] {
  const of = ({ files }: FaultyLines) =>
    files.length === 0 ? "" : ` (the first in ${files.map((i) => names[i]).join(" and ")})`;
  const all = [
    {
      lines: missing,
      is: "in no file",
      what: `a shard has not finished, is not among the files, or ran without --errors inline and had failures${
        known === "items" ? "" : "; if these lines are blank or headers, name the input: --items FILE"
      }; if a line may have no output: --sparse`,
    },
    {
      lines: doubled,
      is: "there more than once",
      what: "the first is written; name each output once, and only those of one run",
    },
    {
      lines: foreign,
      is: "not of the input",
      what: `they are left out; name only outputs of this input${known === "count" ? ", or correct --lines" : ""}`,
    },
  ];
  return all.filter(({ lines }) => lines.count > 0).map(({ lines, is, what }) =>
    `${plural(lines.count, "line")} ${lines.count === 1 ? "is" : "are"} ${is}: ${rangesText(lines)}${
      of(lines)
    }; ${what}`
  );
}

/** `3, 7 to 9 and 12 more` */
function rangesText({ count, shown }: FaultyLines): string {
  const texts = shown.map(({ first, end }) =>
    end - first === 1 ? whole(first) : `${whole(first)} to ${whole(end - 1)}`
  );
  const rest = count - shown.reduce((sum, { first, end }) => sum + end - first, 0);
  return `${texts.join(", ")}${rest > 0 ? ` and ${whole(rest)} more` : ""}`;
}
