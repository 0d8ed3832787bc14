import type { Row } from "../table/command.ts";
import { common } from "../table/common_options.ts";
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
    shards: often(optional(count(1, "how many shards there are", 1, 100_000))),
    atOnce: {
      ...optional(count(1, "at most so many shards at once", 1, 100_000), "all"),
      more: "With parallel, each machine runs one at a time.",
    },
    gather: {
      ...often(toggle("print what gathers the outputs")),
      more: "To be started when the shards have ended. The script of parallel gathers at its end.",
    },
    sparse: { ...toggle("a line may have no output"), more: "For generators that may yield nothing." },
    name: {
      flagOnly: "grant" as const,
      ...name("begins the names of the job and of its files", "tandem"),
      more: "Outputs are NAME-{shard}.out and journals NAME-{shard}.journal; what is gathered is NAME.out.",
    },
    program: {
      flagOnly: "grant" as const,
      ...name("the program that the machines call", "tandem"),
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
      ...name("where containers see it, and work", "/data"),
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
  summary: "Print what runs shards on Slurm, Kubernetes or by GNU parallel",
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
  needs: () => [],
};
