import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Against, ModeChange } from "../../lib/model/comparison.ts";
import type { Mode } from "../../lib/model/grid.ts";
import { changeLines, changesTable } from "../../lib/report/changes_text.ts";
import { oldName } from "../../lib/report/sides.ts";
import { compared } from "../bench/suite_runs.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const against: Against = { job: "old.ts", jobSha256: "ab", git: null, margin: 0.02 };
const cell = (mode: Mode, threads = 1, tasks = 1) => ({ mode, threads, tasks });
const run = { rounds: 12, elapsedMs: 24_000 };
const serial = { itemsPerSecond: 200 };

/** A change of serial by this ratio, known within 1 %. */
function changed(ratio: number, verdict: ModeChange["verdict"], rest: Partial<ModeChange> = {}): ModeChange {
  const at = { ...cell("serial"), ...rest };
  const interval = [ratio * 0.99, ratio * 1.01] as const;
  return { ratio, interval, verdict, reason: null, old: compared(cell("serial"), 1, serial), ...at };
}

const slower = changed(0.95, "slower");
const same = changed(1.0004, "same", cell("threads", 2));
const faster = changed(2, "faster", cell("tasks", 1, 8));
const unclear = changed(0.98, "unclear", { ...cell("both", 2, 4), reason: { kind: "no-difference" } });
const changes = [slower, faster, same, unclear];
const modes = changes.map((change) => compared(change, 1, { itemsPerSecond: 200 * change.ratio }));

Deno.test("changesTable: the time of an item in both jobs, and by how many percent it changed", () => {
  assertEquals(changesTable({ job: "new.ts", against, changes, modes }, style), [
    "MODE     N×K  VERDICT        OLD      NEW   CHANGE         95% CI",
    "serial   1×1  ✘ slower   5.00 ms  5.26 ms   +5.3 %    +4.2…+6.3 %",
    "tasks    1×8  ✔ faster   5.00 ms  2.50 ms  −50.0 %  −50.5…−49.5 %",
    "threads  2×1  = same     5.00 ms  5.00 ms    0.0 %    −1.0…+1.0 %",
    "both     2×4  ≈ unclear  5.00 ms  5.10 ms   +2.0 %    +1.0…+3.1 %",
  ]);
});

Deno.test("changesTable: large changes are factors; a change without an interval; wide, narrow and coloured", () => {
  const [, row] = changesTable({
    job: "new.ts",
    against,
    changes: [changed(0.25, "slower", { interval: null })],
    modes,
  }, style);
  assertStringIncludes(row, " 4.00×");
  const [head] = changesTable({ job: "new.ts", against, changes, modes }, { ...style, width: 100 });
  assertEquals(head, "MODE     THREADS×TASKS  VERDICT    OLD PER ITEM  NEW PER ITEM   CHANGE         95% CI");
  assertEquals(changesTable({ job: "new.ts", against, changes: [slower], modes }, { ...style, width: 60 }), [
    "serial  1×1  ✘ slower",
    "    old 5.00 ms, new 5.26 ms, change +5.3 %,",
    "    95% CI +4.2…+6.3 %",
  ]);
  const coloured = changesTable({ job: "new.ts", against, changes, modes }, { ...style, color: true });
  assertStringIncludes(coloured[1], "\x1b[31m✘ slower");
  assertStringIncludes(coloured[2], "\x1b[32m✔ faster");
});

Deno.test("changeLines: what is shown comes first, then what is not, and why", () => {
  assertEquals(changeLines({ job: "new.ts", against, changes, ...run }), [
    "→ new.ts is 1.05× slower than old.ts in serial 1×1 (1.04…1.06).",
    "→ new.ts is 2.00× faster than old.ts in tasks 1×8 (1.98…2.02).",
    "→ new.ts is as fast as old.ts in threads 2×1, within 2 %.",
    "→ No change is shown in both 2×4, and none is ruled out: the interval is too wide for a margin of 2 %, and more than 1,000 rounds or an hour would be needed: try another --margin or a quieter machine.",
  ]);
  const wide = changed(1, "unclear", { reason: { kind: "no-difference" }, interval: [0.97, 1.03] });
  assertEquals(changeLines({ job: "new.ts", against, changes: [wide], ...run }), [
    "→ No change is shown in serial 1×1, and none is ruled out: the interval is too wide for a margin of 2 %: try 80 rounds or a quieter machine.",
  ]);
  const few = changed(1, "unclear", { reason: { kind: "too-few-rounds", rounds: 2, needed: 6 }, interval: null });
  assertEquals(changeLines({ job: "new.ts", against, changes: [few], ...run }), [
    "→ No change is shown in serial 1×1, and none is ruled out: 2 rounds are too few: 6 are needed (--rounds, --max-time).",
  ]);
});

Deno.test("changeLines: the commit names the old job; names cannot move the cursor; the margin is that of the comparison", () => {
  const git = { ref: "v1\x1b[2J", commit: "ab" };
  assertEquals(oldName({ ...against, git }), "old.ts at v1\\u{1b}[2J");
  const margin = { ...against, git, margin: 0.005 };
  const [line] = changeLines({ job: "new\x1b[2J.ts", against: margin, changes: [same], ...run });
  assertStringIncludes(line, "→ new\\u{1b}[2J.ts is as fast as old.ts at v1\\u{1b}[2J in threads 2×1, within 0.5 %.");
});
