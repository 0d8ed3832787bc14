import { UsageError } from "../../errors.ts";
import { gatherOptions, type GatherValues } from "../gather/command.ts";
import { namesShard } from "../job/shard_names.ts";
import { row as runRow, runOptions } from "../run/command.ts";
import { flagName, type Given, type Option } from "../table/option.ts";
import { formatArguments, parseCommand } from "../table/parse.ts";
import type { EngineValues } from "./command.ts";

/** A run in shards, as all engines start it. */
export interface ShardedRun {
  readonly name: string;
  readonly shards: number;
  readonly atOnce: number | undefined;
  /** The words of a shard's command line but for the shard. The first is the program, the second `run`. */
  readonly words: readonly string[];
  /** The words that gather the outputs to stdout. */
  readonly gather: readonly string[];
  /** Whether NUL separates the records of the outputs. */
  readonly hasNul: boolean;
  /** The file for what is gathered. */
  readonly gathered: string;
  /** Cores of a shard. */
  readonly cores: number;
  /** Memory of a shard, if its run limits that of its job. */
  readonly memoryBytes: number | undefined;
}

type RunFlags = Given<typeof runOptions>;

/** Flags that the script says itself, and why. */
const decided: Partial<Record<keyof RunFlags, string>> = {
  shard: "each shard gets its own",
  shards: "it goes before --",
  tag: "each shard has it",
  errors: "each shard has --errors inline, so that no line is missing",
  results: "--name names the outputs",
  journal: "--name names the journals",
  resume: "a shard that starts again goes on by itself",
  retryFailed: "run it by hand when the shards have ended",
  unordered: "gather needs the order",
  limit: "shorten the input instead (head -n)",
};

/** tandem itself takes this beside its job: what is in flight, and the runtime. */
const ownBytes = 512 * 1024 ** 2;

/**
 * The run of `tandem engine`: its operands are a job and files, and behind `--` flags of run.
 *
 * @throws {UsageError} they make no run, or one that cannot be run in shards
 */
export async function shardedRun(values: EngineValues, operands: readonly string[]): Promise<ShardedRun> {
  const { shards, name, program, atOnce } = values;
  if (shards === undefined) throw new UsageError("engine needs the number of shards: --shards N");
  const dashes = operands.indexOf("--");
  const [own, passed] = dashes === -1 ? [operands, []] : [operands.slice(0, dashes), operands.slice(dashes + 1)];
  const anyOperands = { ...runRow, operands: { ...runRow.operands!, min: 0 } };
  const parsed = await parseCommand(anyOperands, [...passed, "--", ...own]);
  const [extra] = parsed.operands.length === own.length ? [] : parsed.operands;
  if (extra !== undefined) {
    throw new UsageError(`after -- there are only flags of run, found ${extra}; name files before it`);
  }
  const given: RunFlags = parsed.given;
  if (own.length === 0 && given.exec === undefined) {
    throw new UsageError(
      "engine needs a job behind the engine's name, and its input: JOB FILE; see: tandem help engine",
    );
  }
  refuseFlags(given);
  const files = own.slice(given.exec === undefined ? 1 : 0);
  refuseInputs(files, own[0], given);
  const run: RunFlags = {
    ...given,
    tag: true,
    errors: "inline",
    results: `${name}-{shard}.out`,
    journal: `${name}-{shard}.journal`,
  };
  const { threads, memory } = given;
  const cores = threads ?? 1;
  return {
    name,
    shards,
    atOnce,
    words: [program, "run", ...formatArguments(runOptions, run, own)],
    gather: [program, "gather", ...gatherArguments(values, given, files)],
    hasNul: given.null === true,
    gathered: `${name}.out`,
    cores,
    memoryBytes: memory === undefined ? undefined : ownBytes + cores * memory,
  };
}

function refuseFlags(given: RunFlags): void {
  for (const [key, value] of Object.entries(given)) {
    const why = decided[key as keyof RunFlags];
    if (why !== undefined) throw new UsageError(`--${flagName(key)} is not allowed here: ${why}; leave it out`);
    const { writes } = (runOptions as Record<string, Option<unknown>>)[key];
    const same = writes ? [value].flat().find((file) => file !== "-" && !namesShard(file as string)) : undefined;
    if (same !== undefined) {
      throw new UsageError(`--${flagName(key)} ${same}: all shards would write it; put {shard} into its name`);
    }
    const isAction = (runOptions as Record<string, Option<unknown>>)[key].flagOnly === "action";
    if (isAction) throw new UsageError(`--${flagName(key)} goes before --`);
  }
  if (given.output === "csv") {
    throw new UsageError(
      "--output csv is not allowed here: outputs with headers of their own cannot be gathered; leave it out",
    );
  }
}

function refuseInputs(files: readonly string[], job: string | undefined, { exec }: RunFlags): void {
  if (files.some((file) => file === "-" || file === "/dev/stdin")) {
    throw new UsageError("shards cannot share stdin; name a file that all machines see");
  }
  if (files.length === 0 && (exec !== undefined || !job?.startsWith("@"))) {
    throw new UsageError("name the input after the job: each shard reads it, and runs its own lines");
  }
}

function gatherArguments(values: EngineValues, run: RunFlags, files: readonly string[]): readonly string[] {
  const isExec = run.exec !== undefined;
  const input = run.input ?? (isExec ? "lines" : undefined);
  const output = isExec && run.output !== "json" ? "exec" : run.output as "json" | "lines" | undefined;
  const given: Partial<GatherValues> = {
    shards: values.shards,
    untag: true,
    ...files.length > 0 ? { items: files } : {},
    ...files.length > 0 && input !== undefined ? { input } : {},
    ...files.length > 0 && run.header !== undefined ? { header: run.header } : {},
    ...output === undefined ? {} : { output },
    ...run.null ? { null: true } : {},
    ...values.sparse ? { sparse: true } : {},
  };
  return formatArguments(gatherOptions, given, [`${values.name}-{shard}.out`]);
}
