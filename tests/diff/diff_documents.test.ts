import { assert, assertEquals } from "@std/assert";
import { diffDocuments } from "../../lib/diff/diff_documents.ts";
import type { DiffRow } from "../../lib/model/diff.ts";
import type { Document } from "../../lib/model/document.ts";
import { saved } from "../report/exports/saved.ts";
import { type Session, sessionOf } from "./varied.ts";

const margin = 0.02;

function rowsOf(before: Session, after: Session, edge = margin): Readonly<Record<string, DiffRow>> {
  const { rows } = diffDocuments({ before: sessionOf(before), after: sessionOf(after) }, edge);
  return Object.fromEntries(rows.map((row) => [row.name, row]));
}

/** A comparison whose result is changed. */
function changed(result: Partial<Document<"compare">["result"]>): Document<"compare"> {
  const document = sessionOf({ seed: 2 });
  return { ...document, result: { ...document.result, ...result } };
}

Deno.test("diff: slower, faster and the same, each with the interval of its ratio", () => {
  const slower = { serial: 1.1, threads: 0.9 };
  const { serial, tasks, threads, both } = rowsOf({ seed: 1 }, { seed: 2, slower });
  const answers = [serial, tasks, threads, both].map(({ answer }) => answer);
  assertEquals(answers, ["regressed", "within-noise", "improved", "within-noise"]);
  assert(serial.ratio! > 1.08 && serial.ratio! < 1.12 && serial.interval![0] > 1 + margin);
  assert(threads.interval![1] < 1 / (1 + margin));
  assertEquals([serial.measure, serial.reason, serial.before! < serial.after!], ["time", null, true]);
});

Deno.test("diff: the margin decides what counts: an interval beyond it, within it, or across its edge", () => {
  const after = { seed: 2, slower: { serial: 1.05 } };
  const answerAt = (edge: number) => rowsOf({ seed: 1 }, after, edge).serial.answer;
  assertEquals([0, 0.02, 0.05, 0.1].map(answerAt), ["regressed", "regressed", "unclear", "within-noise"]);
  assertEquals(rowsOf({ seed: 1 }, after, 0.05).serial.reason, { kind: "crosses-margin" });
});

Deno.test("diff: two sessions of the same work, 200 times: at most 2 of 100 rows are said to have regressed", () => {
  for (const noise of [0.005, 0.02, 0.08]) {
    let [rows, regressed] = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const all = Object.values(rowsOf({ seed: 2 * seed + 1, noise }, { seed: 2 * seed + 2, noise }));
      rows += all.length;
      regressed += all.filter(({ answer }) => answer === "regressed").length;
    }
    assert(regressed / rows <= 0.02, `noise ${noise}: ${regressed} of ${rows}`);
  }
});

Deno.test("diff: 5 % more time is found in at least 95 of 100 cases with 20 rounds and a noise of 1 to 2 %", () => {
  for (const noise of [0.01, 0.02]) {
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      const after = { seed: 2 * seed + 2, noise, slower: { threads: 1.05 } };
      if (rowsOf({ seed: 2 * seed + 1, noise }, after).threads.answer === "regressed") found++;
    }
    assert(found >= 190, `noise ${noise}: ${found} of 200`);
  }
});

Deno.test("diff: too few rounds, a failed control and a busy machine make a row unclear, whatever the times say", () => {
  const few = rowsOf({ seed: 1, rounds: 1 }, { seed: 2, rounds: 20, slower: { serial: 2 } }).serial;
  assertEquals([few.answer, few.reason, few.interval], [
    "unclear",
    { kind: "too-few-rounds", rounds: 1, needed: 4 },
    null,
  ]);
  const before = sessionOf({ seed: 1 });
  const slow = sessionOf({ seed: 2, slower: { serial: 2, threads: 2 } }).result;
  const reasonsOf = (after: Document<"compare">) =>
    diffDocuments({ before, after }, margin).rows.map(({ answer, reason }) => `${answer} ${reason?.kind}`);
  const failed = changed({ ...slow, control: { ...slow.control, failed: true } });
  assertEquals(new Set(reasonsOf(failed)), new Set(["unclear control-failed"]));
  const busy = changed({ ...slow, contention: { foreignCores: 1.5, rounds: 9, contended: true } });
  assertEquals(new Set(reasonsOf(busy)), new Set(["unclear contended"])); // also with one thread: the other session had other load
});

Deno.test("diff: what only one document has is new or gone; warm-up runs do not count", () => {
  const [before, after] = [sessionOf({ seed: 1 }), sessionOf({ seed: 1 })];
  const [serial, tasks, threads] = before.result.modes;
  const warm = { ...serial.samples[0], round: 0, elapsedMs: 9e9 };
  const pair = {
    before: { ...before, result: { ...before.result, modes: [serial, tasks] } },
    after: {
      ...after,
      result: { ...after.result, modes: [{ ...serial, samples: [warm, ...serial.samples] }, threads] },
    },
  };
  const { rows, counts } = diffDocuments(pair, margin);
  assertEquals(rows.map(({ name, answer }) => [name, answer]), [
    ["serial", "within-noise"],
    ["tasks", "gone"],
    ["threads", "new"],
  ]);
  assertEquals(counts, { regressed: 0, improved: 0, "within-noise": 1, unclear: 0, new: 1, gone: 1 });
  assertEquals([rows[0].ratio, rows[1].after, rows[2].before], [1, null, null]);
});

Deno.test("diff: time is that of an item, whatever a run had of them", () => {
  const document = sessionOf({ seed: 1 });
  const { modes, itemCount } = document.result;
  const doubled = modes.map((mode) => ({
    ...mode,
    samples: mode.samples.map((run) => ({ ...run, elapsedMs: 2 * run.elapsedMs })),
  }));
  for (const amount of [{ itemCount: 2 * itemCount }, { passes: 2 }]) {
    const after = { ...document, result: { ...document.result, ...amount, modes: doubled } };
    const { rows } = diffDocuments({ before: document, after }, margin);
    assertEquals(new Set(rows.map(({ answer, ratio }) => `${answer} ${ratio}`)), new Set(["within-noise 1"]));
  }
});

Deno.test("diff: what the documents differ in, besides what was measured", () => {
  const before = sessionOf({ seed: 1 });
  const comparable = { ...before.comparable, versionsSha256: "other", jobSha256: "other" };
  const result = diffDocuments({ before, after: { ...before, comparable } }, margin);
  assertEquals([result.differs, result.of, result.job], [["job", "versions"], "compare", "@primes"]);
  assertEquals(result.before.cpu, before.machine.cpu);
});

Deno.test("diff: a claim's verdict decides where it turned; else its effect", () => {
  const before = saved("claims");
  const verdicts = { "threads-parallel": "fails", "threads-run-out": "holds", "both-together": "unclear" } as const;
  const claims = before.result.claims.map((claim) => ({
    ...claim,
    verdict: verdicts[claim.id as keyof typeof verdicts] ?? claim.verdict,
  }));
  const { rows } = diffDocuments({ before, after: { ...before, result: { ...before.result, claims } } }, margin);
  const answer = (id: string) => {
    const row = rows.find(({ name }) => name === id);
    return [row?.answer, row?.reason?.kind];
  };
  assertEquals(answer("threads-parallel"), ["regressed", "verdicts"]);
  assertEquals(answer("threads-run-out"), ["improved", "verdicts"]);
  assertEquals(answer("both-together"), ["unclear", "verdicts"]);
  assertEquals(answer("tasks-no-parallelism"), ["within-noise", undefined]); // its effect has an interval
  assertEquals(answer("millions-of-tasks"), ["within-noise", "verdicts"]); // it has no number
});

Deno.test("diff: a better effect is an improvement, and its samples are the way round that the effect has", () => {
  const before = saved("claims");
  const scaled = (factor: number) => ({
    ...before,
    result: {
      ...before.result,
      claims: before.result.claims.filter(({ id }) => id === "concurrency-inside-a-task").map((claim) => ({
        ...claim,
        effect: claim.effect! * factor,
        evidence: {
          ...claim.evidence!,
          samples: {
            ...claim.evidence!.samples,
            threadsMs: claim.evidence!.samples.threadsMs.map((ms) => ms * factor),
          },
        },
      })),
    },
  });
  const answer = (factor: number) =>
    diffDocuments({ before: scaled(1), after: scaled(factor) }, margin).rows.map((row) => row.answer);
  assertEquals([answer(1.5), answer(0.7), answer(1)], [["improved"], ["regressed"], ["within-noise"]]);
});

Deno.test("diff: rungs of a ladder are paired by how many were alive", () => {
  const before = saved("scale");
  const rungs = before.result.rungs.map((rung) =>
    rung.kind === "thread" && rung.eachBytes !== null ? { ...rung, eachBytes: 1.1 * rung.eachBytes } : rung
  );
  const { rows } = diffDocuments({ before, after: { ...before, result: { ...before.result, rungs } } }, margin);
  const threads = rows.filter(({ name }) => name === "thread").map(({ measure, answer }) => [measure, answer]);
  assertEquals(threads, [["memory", "regressed"], ["start", "within-noise"]]);
  const [promise] = rows.filter(({ name }) => name === "promise");
  assertEquals([promise.answer, promise.reason?.kind], ["unclear", "too-few-rounds"]);
});
