import { exitCodes, UsageError } from "../../errors.ts";
import { flagName } from "../table/option.ts";
import { didYouMean } from "../table/suggest.ts";
import type { Session } from "../terminal/session.ts";
import { type Engine, engineOptions, engines, type EngineValues } from "./command.ts";
import { type ShardedRun, shardedRun } from "./sharded_run.ts";

/** The engines that have a flag; all have the others. */
const only: Partial<Record<keyof EngineValues, readonly Engine[]>> = {
  atOnce: ["slurm", "kubernetes"],
  gather: ["slurm", "kubernetes"],
  image: ["kubernetes"],
  claim: ["kubernetes"],
  mount: ["kubernetes"],
  sshlogin: ["parallel"],
  sshloginfile: ["parallel"],
};

/** Names of jobs and pods: kubernetes.io/docs/concepts/overview/working-with-objects/names, with room for -gather and an index. */
const names = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** `tandem engine ENGINE JOB [FILE...] [-- RUN FLAGS]`: prints what the engine takes, and writes and submits nothing. */
export async function run(values: EngineValues, operands: readonly string[], session: Session): Promise<number> {
  const [word, ...rest] = operands;
  const engine = engines.find((engine) => engine === word);
  if (engine === undefined) {
    throw new UsageError(
      `${word}: expected ${engines.join(", ")}.${didYouMean(word, engines)} See: tandem help engine`,
    );
  }
  refuseFlags(engine, session.call.given);
  await session.stdout.writeExact(await rendered(engine, await shardedRun(values, rest), values));
  return exitCodes.ok;
}

function refuseFlags(engine: Engine, given: Session["call"]["given"]): void {
  for (const key of Object.keys(given) as (keyof typeof engineOptions)[]) {
    const having = only[key] ?? engines;
    if (!having.includes(engine)) {
      throw new UsageError(`--${flagName(key)} is for ${having.join(" and ")}; leave it out with ${engine}`);
    }
  }
  if (typeof given.name === "string" && !names.test(given.name)) {
    throw new UsageError(
      `--name ${given.name}: expected at most 40 lowercase letters, digits and -, beginning and ending with a letter or a digit, like squares-2`,
    );
  }
}

async function rendered(engine: Engine, run: ShardedRun, values: EngineValues): Promise<string> {
  switch (engine) {
    case "slurm": {
      const { slurmGather, slurmScript } = await import("./slurm.ts");
      return values.gather ? slurmGather(run) : slurmScript(run);
    }
    case "kubernetes": {
      const { kubernetesGather, kubernetesJob } = await import("./kubernetes.ts");
      return values.gather ? kubernetesGather(run, values) : kubernetesJob(run, values);
    }
    case "parallel":
      return (await import("./parallel.ts")).parallelScript(run, values);
    default:
      return engine satisfies never;
  }
}
