import { plural } from "../../report/words.ts";
import type { Shard } from "../table/option.ts";

/** What an engine says: which shard this is and by which variables; or why that is not clear, as a sentence without a stop. */
export type Placement =
  | { readonly kind: "shard"; readonly shard: Shard; readonly from: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

/** Reads a variable of the environment; undefined if it is not set. */
export type Variables = (name: string) => string | undefined;

/** An engine whose tasks have consecutive numbers. */
interface Counter {
  readonly index: string;
  /** The variable that says how many there are, if there is one. */
  readonly total?: string;
  /** The number of the first task. */
  readonly first: 0 | 1;
  /** The total of a task that is the only one and so has no number. */
  readonly alone?: string;
}

/**
 * Where each counts from: kubernetes.io/docs/tasks/job/indexed-parallel-processing-static (0; the manifest has to set
 * JOB_COMPLETIONS), docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html (0), docs.gitlab.com/ci/variables/predefined_variables
 * (1; a job without `parallel` has the total 1 and no index), GNU parallel(1), "ENVIRONMENT VARIABLES" (1; it does not tell the total).
 */
const counters: readonly Counter[] = [
  { index: "JOB_COMPLETION_INDEX", total: "JOB_COMPLETIONS", first: 0 },
  { index: "AWS_BATCH_JOB_ARRAY_INDEX", total: "AWS_BATCH_JOB_ARRAY_SIZE", first: 0 },
  { index: "CI_NODE_INDEX", total: "CI_NODE_TOTAL", first: 1, alone: "1" },
  { index: "PARALLEL_SEQ", first: 1 },
];

/** The variables of a Slurm array: slurm.schedmd.com/job_array.html */
const slurm = {
  id: "SLURM_ARRAY_TASK_ID",
  min: "SLURM_ARRAY_TASK_MIN",
  max: "SLURM_ARRAY_TASK_MAX",
  step: "SLURM_ARRAY_TASK_STEP",
  count: "SLURM_ARRAY_TASK_COUNT",
} as const;

const byHand = "or say which one this is: --shard I/N";

/**
 * The shard that the engine gives which has started the program. A wrong one would skip lines and nobody would notice, so whatever
 * is not certain is refused. `shards`: how many there are, as the user says.
 */
export function engineShard(variables: Variables, shards?: number): Placement {
  const read: Variables = (name) => variables(name) || undefined; // an empty one counts as not set
  const found = [slurmTask(read), ...counters.map((counter) => countedTask(counter, read, shards))]
    .filter((placement) => placement !== undefined);
  const refusal = found.find(({ kind }) => kind === "refused");
  if (refusal !== undefined) return refusal;
  const placed = found.filter(({ kind }) => kind === "shard") as Extract<Placement, { kind: "shard" }>[];
  if (placed.length === 0) {
    const names = [slurm.id, ...counters.map(({ index }) => index)];
    return refused(
      `none of the variables ${names.join(", ")} is set; start tandem with one of these engines, ${byHand}`,
    );
  }
  const [{ shard, from: [name] }, ...others] = placed;
  const other = others.find((one) => shardText(one.shard) !== shardText(shard));
  if (other !== undefined) {
    return refused(
      `${name} says ${shardText(shard)} and ${other.from[0]} says ${
        shardText(other.shard)
      }; unset one of them, ${byHand}`,
    );
  }
  if (shards !== undefined && shard.count !== shards) {
    return refused(
      `${name} is one of ${plural(shard.count, "shard")}, but --shards is ${shards}; correct one of them, ${byHand}`,
    );
  }
  return { kind: "shard", shard, from: placed.flatMap(({ from }) => from) };
}

function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

function refused(why: string): Placement {
  return { kind: "refused", why };
}

/** The place of a task in an engine that counts; undefined if that engine is not there. */
function countedTask({ index, total, first, alone }: Counter, read: Variables, shards?: number): Placement | undefined {
  const [indexText, totalText] = [read(index), total && read(total)];
  if (indexText === undefined) {
    if (totalText === undefined || totalText === alone) return undefined;
    return refused(`${total} is set, but ${index} is not; set it too, ${byHand}`);
  }
  if (totalText === undefined && shards === undefined) {
    const set = total === undefined ? "" : `set ${total}, or `;
    return refused(`${index} is ${indexText}, but nothing says how many shards there are; ${set}add --shards N`);
  }
  const number = wholeNumber(indexText);
  const count = totalText === undefined ? shards : wholeNumber(totalText);
  if (number === undefined) return noNumber(index, indexText);
  if (count === undefined) return noNumber(`${total}`, `${totalText}`);
  if (shards !== undefined && count !== shards) {
    return refused(`${total} is ${count}, but --shards is ${shards}; correct one of them, ${byHand}`);
  }
  const last = count - 1 + first;
  if (number < first || number > last) {
    return refused(
      `${index} is ${number}, but with ${plural(count, "shard")} it must be ${
        last === first ? first : `from ${first} to ${last}`
      }; correct it, ${byHand}`,
    );
  }
  return { kind: "shard", shard: { index: number - first, count }, from: [index] };
}

/**
 * The place of a task in a Slurm array; undefined if this is none. The numbers of `--array=0-15:4` are evenly spaced, so that a
 * number tells its place. Those of a list like 1,3,7 are not, and Slurm does not tell a task what the others are. A list can look
 * like an evenly spaced one by its count and its ends; then one of its numbers is between two steps, and that task is refused.
 */
function slurmTask(read: Variables): Placement | undefined {
  const names = Object.values(slurm);
  const [set, missing] = [names.filter(read), names.filter((name) => !read(name))];
  if (set.length === 0) return undefined;
  if (missing.length > 0) {
    return refused(
      `${set[0]} is set, but not ${missing.join(", ")}; submit it as an array (sbatch --array), ${byHand}`,
    );
  }
  const numbers = names.map((name) => wholeNumber(read(name)!));
  const wrong = names.find((_, i) => numbers[i] === undefined);
  if (wrong !== undefined) return noNumber(wrong, read(wrong)!);
  const [id, min, max, step, count] = numbers as number[];
  const range = `from ${slurm.min} ${min} to ${slurm.max} ${max} in steps of ${slurm.step} ${step}`;
  const places = Math.floor((max - min) / step) + 1;
  if (places !== count) {
    return refused(
      `${slurm.count} is ${count}, but ${range} there ${
        places === 1 ? "is" : "are"
      } ${places}: in a list like 1,3,7 a task cannot tell its place; ` +
        `submit a range, like --array=0-${Math.max(count - 1, 0)}, ${byHand}`,
    );
  }
  if (id < min || id > max || (id - min) % step !== 0) {
    return refused(
      `${slurm.id} is ${id}, which is not among the numbers ${range}; submit a range, like --array=0-${
        count - 1
      }, ${byHand}`,
    );
  }
  return { kind: "shard", shard: { index: (id - min) / step, count }, from: [slurm.id] };
}

function wholeNumber(text: string): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function noNumber(name: string, text: string): Placement {
  return refused(`${name} is ${JSON.stringify(text)}: expected a whole number; correct it, ${byHand}`);
}
