import { assertEquals } from "@std/assert";
import type { Against, ModeChange } from "../../lib/model/comparison.ts";
import type { ChangeVerdict, Mode } from "../../lib/model/grid.ts";
import { changeLines, changesTable } from "../../lib/report/changes_text.ts";
import { comparedName, haveSameCode, sidesOf } from "../../lib/report/sides.ts";
import { compared } from "../bench/suite_runs.ts";

const run = { rounds: 12, elapsedMs: 24_000 };
const style = { terminal: false, color: false, width: 80, unicode: true };
const node = { name: "node", version: "24.1.0", program: "/a/node" } as const;
const deno = { name: "deno", version: "2.9.6", program: "deno" } as const;
const jobs: Against = { job: "old.ts", jobSha256: "ab", git: null, margin: 0.02 };
const between = (
  old: typeof node | typeof deno,
  now: { readonly version: string; readonly program: string },
): Against => (
  { ...jobs, job: "job.ts", runtimes: { old, now: { name: "node", ...now } } }
);
const against = between(deno, node);

function changed(mode: Mode, verdict: ChangeVerdict, ratio = 1): ModeChange {
  const cell = { mode, threads: mode === "serial" ? 1 : 2, tasks: 1 };
  const interval = [ratio * 0.99, ratio * 1.01] as const;
  return { ...cell, ratio, interval, verdict, reason: null, old: compared(cell, 1, { itemsPerSecond: 200 }) };
}

/** The last line of changes in modes with these verdicts: which runtime to use. */
function advice(...verdicts: readonly ChangeVerdict[]): string | undefined {
  const modes = ["serial", "tasks", "threads", "both"] as const;
  const changes = verdicts.map((verdict, i) => changed(modes[i], verdict));
  return changeLines({ job: "job.ts", against, changes, ...run }).at(-1);
}

const names = (of: Against) => {
  const { old, now } = sidesOf({ job: "new.ts", against: of });
  return [old.name, old.label, now.name, now.label];
};

Deno.test("sides: two jobs have their names, two runtimes are told apart by name, else by version, else by path", () => {
  assertEquals(names(jobs), ["old.ts", "old", "new.ts", "new"]);
  assertEquals(names(against), ["Deno 2.9.6", "Deno", "Node 24.1.0", "Node"]);
  const versions = between(node, { version: "20.20.2", program: "/b/node" });
  assertEquals(names(versions), ["Node 24.1.0", "Node 24.1.0", "Node 20.20.2", "Node 20.20.2"]);
  const paths = between(node, { version: "24.1.0", program: "/b/node\x1b[2J" });
  assertEquals(names(paths), ["Node 24.1.0 (/a/node)", "first", "Node 24.1.0 (/b/node\\u{1b}[2J)", "second"]);
});

Deno.test("sides: what was compared; the same code is news of two jobs alone", () => {
  assertEquals([undefined, jobs, against].map((against) => comparedName({ job: "job.ts", against })), [
    "job.ts",
    "old.ts with job.ts",
    "job.ts in Deno 2.9.6 and Node 24.1.0",
  ]);
  assertEquals([jobs, against].map((each) => haveSameCode(each, { jobSha256: "ab" })), [true, false]);
  assertEquals(haveSameCode(jobs, { jobSha256: "cd" }), false);
});

Deno.test("runtimes: columns and sentences have their names", () => {
  const changes = [changed("serial", "slower", 0.25), changed("tasks", "unclear")];
  const modes = changes.map((change) => compared(change, 1, { itemsPerSecond: 200 * change.ratio }));
  assertEquals(changesTable({ job: "job.ts", against, changes, modes }, style), [
    "MODE    N×K  VERDICT       DENO     NODE  CHANGE       95% CI",
    "serial  1×1  ✘ slower   5.00 ms  20.0 ms   4.00×   3.96…4.04×",
    "tasks   2×1  ≈ unclear  5.00 ms  5.00 ms   0.0 %  −1.0…+1.0 %",
  ]);
  const [slower, unclear] = changeLines({ job: "job.ts", against, changes, ...run });
  assertEquals(slower, "→ Node 24.1.0 is 4.00× slower than Deno 2.9.6 in serial 1×1 (3.96…4.04).");
  assertEquals(unclear.slice(0, 40), "→ No difference is shown in tasks 2×1, a");
});

Deno.test("runtimes: one sentence says which to use for which mode, or that no difference is shown", () => {
  assertEquals(
    advice("faster", "slower", "same", "unclear"),
    "→ Use Node 24.1.0 for serial 1×1, Deno 2.9.6 for tasks 2×1, either for threads 2×1; no difference is shown in both 2×1.",
  );
  assertEquals(advice("faster", "faster", "faster"), "→ Use Node 24.1.0 for serial 1×1, tasks 2×1 and threads 2×1.");
  assertEquals(advice("same", "same"), "→ Use either for serial 1×1 and tasks 2×1.");
  assertEquals(
    advice("unclear", "unclear"),
    "→ No difference between Deno 2.9.6 and Node 24.1.0 is shown, so none is advised.",
  );
  assertEquals(changeLines({ job: "job.ts", against: jobs, changes: [changed("serial", "same")], ...run }).length, 1);
});
