import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { engineShard, type Placement } from "../../../lib/cli/run/engine_shard.ts";

type Env = Readonly<Record<string, string>>;

const shardOf = (env: Env, shards?: number): Placement => engineShard((name) => env[name], shards);

const slurm = (id: string, min: string, max: string, step: string, count: string) => ({
  SLURM_ARRAY_TASK_ID: id,
  SLURM_ARRAY_TASK_MIN: min,
  SLURM_ARRAY_TASK_MAX: max,
  SLURM_ARRAY_TASK_STEP: step,
  SLURM_ARRAY_TASK_COUNT: count,
});
const kubernetes = (index: string, completions?: string) => ({
  JOB_COMPLETION_INDEX: index,
  ...completions === undefined ? {} : { JOB_COMPLETIONS: completions },
});
const batch = (index: string, size: string) => ({ AWS_BATCH_JOB_ARRAY_INDEX: index, AWS_BATCH_JOB_ARRAY_SIZE: size });
const gitlab = (index: string, total: string) => ({ CI_NODE_INDEX: index, CI_NODE_TOTAL: total });

const taken: readonly (readonly [name: string, env: Env, shards: number | undefined, shard: string, from: string])[] = [
  ["Slurm 0-7", slurm("0", "0", "7", "1", "8"), undefined, "0/8", "SLURM_ARRAY_TASK_ID"],
  ["Slurm 0-7, the last", slurm("7", "0", "7", "1", "8"), 8, "7/8", "SLURM_ARRAY_TASK_ID"],
  ["Slurm 1-8", slurm("3", "1", "8", "1", "8"), undefined, "2/8", "SLURM_ARRAY_TASK_ID"],
  ["Slurm 0-15:4 is 0,4,8,12", slurm("8", "0", "12", "4", "4"), undefined, "2/4", "SLURM_ARRAY_TASK_ID"],
  ["Slurm 5, an array of one", slurm("5", "5", "5", "1", "1"), undefined, "0/1", "SLURM_ARRAY_TASK_ID"],
  ["Kubernetes counts from 0", kubernetes("0", "5"), undefined, "0/5", "JOB_COMPLETION_INDEX"],
  ["Kubernetes, the last", kubernetes("4", "5"), undefined, "4/5", "JOB_COMPLETION_INDEX"],
  ["Kubernetes with --shards", kubernetes("4"), 5, "4/5", "JOB_COMPLETION_INDEX"],
  ["Kubernetes with both", kubernetes("4", "5"), 5, "4/5", "JOB_COMPLETION_INDEX"],
  ["AWS Batch counts from 0", batch("0", "2"), undefined, "0/2", "AWS_BATCH_JOB_ARRAY_INDEX"],
  ["AWS Batch, the last", batch("1", "2"), undefined, "1/2", "AWS_BATCH_JOB_ARRAY_INDEX"],
  ["GitLab counts from 1", gitlab("1", "3"), undefined, "0/3", "CI_NODE_INDEX"],
  ["GitLab, the last", gitlab("3", "3"), 3, "2/3", "CI_NODE_INDEX"],
  ["GNU parallel counts from 1", { PARALLEL_SEQ: "1" }, 8, "0/8", "PARALLEL_SEQ"],
  ["GNU parallel, the last", { PARALLEL_SEQ: "8" }, 8, "7/8", "PARALLEL_SEQ"],
  [
    "GitLab's total of a job without parallel says nothing",
    { CI_NODE_TOTAL: "1", PARALLEL_SEQ: "2" },
    2,
    "1/2",
    "PARALLEL_SEQ",
  ],
  [
    "an empty variable is not set",
    { ...kubernetes("1", "2"), PARALLEL_SEQ: "" },
    undefined,
    "1/2",
    "JOB_COMPLETION_INDEX",
  ],
  [
    "two that agree",
    { ...slurm("3", "1", "4", "1", "4"), PARALLEL_SEQ: "3" },
    4,
    "2/4",
    "SLURM_ARRAY_TASK_ID and PARALLEL_SEQ",
  ],
];

for (const [name, env, shards, expected, from] of taken) {
  Deno.test(`--shard auto takes: ${name}`, () => {
    const placement = shardOf(env, shards);
    assert(placement.kind === "shard", JSON.stringify(placement));
    const { index, count } = placement.shard;
    assertEquals([`${index}/${count}`, placement.from.join(" and ")], [expected, from]);
  });
}

const without = (env: Env, ...names: readonly string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

const array = slurm("3", "1", "8", "1", "8");

const refused: readonly (readonly [name: string, env: Env, shards: number | undefined, ...found: readonly string[]])[] =
  [
    ["no engine", {}, undefined, "none of", "SLURM_ARRAY_TASK_ID", "PARALLEL_SEQ"],
    ["no engine, but --shards", {}, 4, "none of"],
    ["only GitLab's total of a job without parallel", { CI_NODE_TOTAL: "1" }, undefined, "none of"],
    ...Object.keys(array).map((name) =>
      [`Slurm without ${name}`, without(array, name), undefined, `but not ${name}`] as const
    ),
    [
      "Slurm: --shards does not stand in for half of it",
      without(array, "SLURM_ARRAY_TASK_COUNT"),
      8,
      "SLURM_ARRAY_TASK_COUNT",
    ],
    ["Slurm 1,3,7, a list", slurm("3", "1", "7", "1", "3"), undefined, "COUNT is 3", "there are 7", "--array=0-2"],
    ["Slurm 1-7:2,20, a range and more", slurm("20", "1", "20", "2", "5"), undefined, "COUNT is 5", "there are 10"],
    ["Slurm between two steps", slurm("4", "1", "7", "2", "4"), undefined, "TASK_ID is 4"],
    ["Slurm below", slurm("0", "1", "8", "1", "8"), undefined, "TASK_ID is 0"],
    ["Slurm above", slurm("9", "1", "8", "1", "8"), undefined, "TASK_ID is 9"],
    ["Slurm, a step of 0", slurm("1", "1", "8", "0", "8"), undefined, "STEP 0"],
    ["Slurm, max below min", slurm("1", "8", "1", "1", "8"), undefined, "MIN 8", "MAX 1"],
    ["Slurm, no number", slurm("x", "1", "8", "1", "8"), undefined, 'TASK_ID is "x"'],
    ["Slurm and another --shards", array, 4, "of 8", "--shards is 4"],
    [
      "Kubernetes without a total",
      kubernetes("1"),
      undefined,
      "JOB_COMPLETION_INDEX is 1",
      "JOB_COMPLETIONS",
      "--shards N",
    ],
    ["Kubernetes without an index", { JOB_COMPLETIONS: "4" }, undefined, "JOB_COMPLETION_INDEX is not"],
    ["Kubernetes without an index, but --shards", { JOB_COMPLETIONS: "4" }, 4, "JOB_COMPLETION_INDEX is not"],
    ["Kubernetes and another --shards", kubernetes("1", "4"), 5, "JOB_COMPLETIONS is 4", "--shards is 5"],
    ["Kubernetes beyond the last", kubernetes("4", "4"), undefined, "is 4", "from 0 to 3"],
    ["Kubernetes beyond --shards", kubernetes("4"), 4, "from 0 to 3"],
    [
      "AWS Batch without a size",
      without(batch("1", "4"), "AWS_BATCH_JOB_ARRAY_SIZE"),
      undefined,
      "AWS_BATCH_JOB_ARRAY_SIZE",
    ],
    ["AWS Batch without an index", without(batch("1", "4"), "AWS_BATCH_JOB_ARRAY_INDEX"), undefined, "INDEX is not"],
    ["AWS Batch beyond the last", batch("4", "4"), undefined, "from 0 to 3"],
    ["GitLab without a total", without(gitlab("1", "4"), "CI_NODE_TOTAL"), undefined, "CI_NODE_TOTAL"],
    ["GitLab without an index, of several", { CI_NODE_TOTAL: "2" }, undefined, "CI_NODE_INDEX is not"],
    ["GitLab, or another CI, from 0", gitlab("0", "4"), undefined, "is 0", "from 1 to 4"],
    ["GitLab beyond the last", gitlab("5", "4"), undefined, "is 5", "from 1 to 4"],
    ["one shard of GitLab", gitlab("2", "1"), undefined, "is 2, but with 1 shard it must be 1; correct it"],
    ["one shard of Kubernetes", kubernetes("1", "1"), undefined, "is 1, but with 1 shard it must be 0; correct it"],
    ["Slurm, a place for one", slurm("5", "5", "5", "1", "3"), undefined, "COUNT is 3", "there is 1: in a list"],
    ["Slurm of one and another --shards", slurm("5", "5", "5", "1", "1"), 4, "is one of 1 shard, but --shards is 4"],
    ["GitLab, a total of 0", gitlab("1", "0"), undefined, "with 0 shards"],
    ["GNU parallel without --shards", { PARALLEL_SEQ: "1" }, undefined, "PARALLEL_SEQ is 1", "--shards N"],
    ["GNU parallel beyond --shards", { PARALLEL_SEQ: "9" }, 8, "is 9", "from 1 to 8"],
    ["GNU parallel from 0", { PARALLEL_SEQ: "0" }, 8, "is 0"],
    ["two that contradict each other", { ...array, ...kubernetes("2", "4") }, undefined, "2/8", "2/4", "unset one"],
    [
      "two of as many that contradict each other",
      { ...kubernetes("2", "4"), ...gitlab("2", "4") },
      undefined,
      "2/4",
      "1/4",
    ],
    ["one and half of another", { ...array, PARALLEL_SEQ: "3" }, undefined, "PARALLEL_SEQ is 3"],
    ...["-1", "1.5", "1e1", " 1", "0x1", "９", "99999999999999999999"].map((text) =>
      [`the index ${JSON.stringify(text)}`, kubernetes(text, "4"), undefined, "expected a whole number"] as const
    ),
    ["a total that is no number", kubernetes("1", "four"), undefined, 'JOB_COMPLETIONS is "four"'],
  ];

for (const [name, env, shards, ...found] of refused) {
  Deno.test(`--shard auto refuses: ${name}`, () => {
    const placement = shardOf(env, shards);
    assert(placement.kind === "refused", JSON.stringify(placement));
    for (const part of found) assertStringIncludes(placement.why, part);
    assert(/--shards? (I\/)?N/.test(placement.why), "it does not say what to do");
  });
}

Deno.test("--shard auto in an array of Slurm, whatever its numbers: the tasks are all shards, or one of them refuses", () => {
  const arrays = fc.record({
    numbers: fc.uniqueArray(fc.nat({ max: 12 }), { minLength: 1, maxLength: 8 }),
    step: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(fc.property(arrays, ({ numbers, step }) => {
    const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
    const placements = numbers.map((id) => shardOf(slurm(`${id}`, `${min}`, `${max}`, `${step}`, `${numbers.length}`)));
    if (placements.some(({ kind }) => kind === "refused")) return;
    const shards = placements.map((placement) => placement.kind === "shard" ? placement.shard : undefined);
    const all = shards.toSorted((a, b) => a!.index - b!.index);
    assertEquals(all, numbers.map((_, index) => ({ index, count: numbers.length })));
  }));
});

Deno.test("--shard auto in an array of Slurm, evenly spaced: each task has its place", () => {
  const arrays = fc.record({
    min: fc.nat({ max: 100 }),
    step: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(fc.property(arrays, ({ min, step, count }) => {
    for (let index = 0; index < count; index++) {
      const env = slurm(`${min + index * step}`, `${min}`, `${min + (count - 1) * step}`, `${step}`, `${count}`);
      assertEquals(shardOf(env), { kind: "shard", shard: { index, count }, from: ["SLURM_ARRAY_TASK_ID"] });
    }
  }));
});
