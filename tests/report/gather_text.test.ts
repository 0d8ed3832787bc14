import { assertEquals } from "@std/assert";
import type { FaultyLines, Gathered } from "../../lib/model/gathered.ts";
import { faultTexts, gatherText, type KnownLines } from "../../lib/report/gather_text.ts";

const none: FaultyLines = { count: 0, shown: [], files: [] };
const gathered: Gathered = { ok: 99_997, failed: 3, lastLine: 100_001, missing: none, doubled: none, foreign: none };
const style = { terminal: false, width: 400 };

Deno.test("gather's summary: counts, and up to which line it can tell", () => {
  const counts = "gathered: 99,997 ok, 3 failed · ";
  assertEquals(
    gatherText(gathered, 8, "none", style),
    `${counts}8 files · up to line 100,001; to check for lines after it: --items or --lines\n`,
  );
  for (const known of ["items", "count", "sparse"] as const) {
    assertEquals(gatherText(gathered, 1, known, style), `${counts}1 file\n`);
  }
});

Deno.test("gather's faults: which lines, the files of the first, and what to do", () => {
  const texts = (faults: Partial<Gathered>, known: KnownLines = "none") =>
    faultTexts({ ...gathered, ...faults }, ["a", "b"], known);
  const shown = [{ first: 3, end: 4 }, { first: 1_000, end: 2_000 }];
  const missing = { count: 1_013, shown, files: [] };
  const doubled = { count: 1, shown: [{ first: 7, end: 8 }], files: [0, 1] };
  const foreign = { count: 2, shown: [{ first: 8, end: 10 }], files: [1] };
  const why = "a shard has not finished, is not among the files, or ran without --errors inline and had failures";
  const sparse = "if a line may have no output: --sparse";
  assertEquals(texts({}), []);
  assertEquals(texts({ missing, doubled, foreign }), [
    `1,013 lines are in no file: 3, 1,000 to 1,999 and 12 more; ${why}; if these lines are blank or headers, name the input: ` +
    `--items FILE; ${sparse}`,
    "1 line is there more than once: 7 (the first in a and b); the first is written; name each output once, and only those of one run",
    "2 lines are not of the input: 8 to 9 (the first in b); they are left out; name only outputs of this input",
  ]);
  assertEquals(texts({ missing: { count: 1, shown: shown.slice(0, 1), files: [] } }, "items"), [
    `1 line is in no file: 3; ${why}; ${sparse}`,
  ]);
  assertEquals(
    texts({ foreign }, "count")[0].split("; ").at(-1),
    "name only outputs of this input, or correct --lines",
  );
});
