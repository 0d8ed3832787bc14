import type { Row } from "../table/command.ts";
import { common, maxShards } from "../table/common_options.ts";
import { count, file, group, often, optional, repeated, text, toggle, type Values } from "../table/option.ts";

/** The engines, as they are named. */
export const engines = ["slurm", "kubernetes", "parallel"] as const;

/** One of them. */
export type Engine = (typeof engines)[number];

const name = (help: string, fallback: string) => ({
  ...text(help, "NAME", "expected a name"),
  fallback,
  shown: fallback,
});

/** The flags of `tandem engine`. */
export const engineOptions = {
  ...group("Shards", {
    shards: often(optional(count(1, "the number of shards", 1, maxShards))),
    atOnce: {
      ...optional(count(1, "at most this many shards at once", 1, maxShards), "all"),
      more: "With parallel, each machine runs one at a time.",
    },
    gather: {
      ...often(toggle("print the job that gathers the outputs")),
      more: "Submit it when the shards have ended. The script for parallel gathers at its end.",
    },
    sparse: { ...toggle("a line may have no output"), more: "For generators that may yield nothing." },
    name: {
      flagOnly: "grant" as const,
      ...name("the name of the job, and the prefix of its files", "tandem"),
      more: "Outputs are NAME-{shard}.out, journals NAME-{shard}.journal, and the gathered output is NAME.out.",
    },
    program: {
      flagOnly: "grant" as const,
      ...name("tandem on the machines", "tandem"),
      placeholder: "PATH",
    },
  }),
  ...group("For kubernetes", {
    image: {
      ...optional(
        text("the image that has tandem", "IMAGE", "expected the name of an image"),
        "tandem, of this version",
      ),
    },
    claim: { ...name("the PersistentVolumeClaim with job and input", "tandem") },
    mount: {
      ...name("where the containers mount it, and work", "/data"),
      placeholder: "FOLDER",
    },
  }, { flagOnly: "grant" }),
  ...group("For parallel", {
    sshlogin: {
      ...often(repeated(text("a machine to use over ssh", "LOGIN", "expected a machine, like user@host"))),
      more: "As GNU parallel reads it: user@host, several with commas. : is this machine.",
    },
    sshloginfile: file("a file of such machines"),
  }, { flagOnly: "grant" }),
  ...common,
};

/** Their values. */
export type EngineValues = Values<typeof engineOptions>;

/** `tandem engine`. */
export const row: Row<typeof engineOptions> = {
  name: "engine",
  summary: "Print a script or manifest that runs shards on Slurm, Kubernetes or GNU parallel",
  operands: {
    usage: "slurm|kubernetes|parallel JOB [FILE...] [-- RUN FLAGS]",
    min: 1,
    max: 10_000,
    keepsDashes: true,
  },
  examples: [
    { line: "tandem engine slurm job.ts items --shards 8 | sbatch", what: "an array of 8 tasks" },
    { line: "tandem engine slurm job.ts items --shards 8 --gather", what: "the job that gathers their outputs" },
    { line: "tandem engine kubernetes job.ts items --shards 8 -- -j2", what: "an Indexed Job of 8 pods of 2 threads" },
    {
      line: "tandem engine parallel job.ts items --shards 8 > run.sh",
      what: "with --sshlogin a,b on two machines",
    },
  ],
  options: engineOptions,
  needs: () => ["read"],
};
