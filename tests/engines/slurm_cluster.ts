/** A Slurm of its own in a folder: one controller, and daemons of nodes on loopback ports. */
import { freePorts } from "./free_ports.ts";
import { killAll, killTree, type Process, processes, withDescendants } from "./processes.ts";
import { programPath } from "./programs_here.ts";
import { until } from "./until.ts";

/** What it needs, by the package of Debian. */
export const slurmPackages = {
  munge: ["munged"],
  slurmctld: ["slurmctld"],
  slurmd: ["slurmd", "slurmstepd"],
  "slurm-client": ["sbatch", "scancel", "scontrol", "sinfo", "squeue"],
} as const;

/** A task of an array. */
export interface ArrayTask {
  readonly index: number;
  /** PENDING, RUNNING, COMPLETED and others: squeue(1), "JOB STATE CODES". */
  readonly state: string;
  /** The node it runs or ran on; "" before. */
  readonly node: string;
  /** How many times it was requeued. */
  readonly restarts: number;
}

/** A cluster that runs. At its end nothing of it is left but files in its folder. */
export interface SlurmCluster extends AsyncDisposable {
  /** Puts a script into the queue, with the folder as its working directory and sbatch's flags, and returns its job's number. */
  submit(script: string, ...flags: readonly string[]): Promise<string>;
  /** All tasks of an array, those that have ended too; a job that is none is one task. */
  tasks(job: string): Promise<readonly ArrayTask[]>;
  /** Waits until all tasks have ended, whatever their end was. */
  ended(job: string): Promise<readonly ArrayTask[]>;
  /** Runs a command of Slurm, and returns what it says. */
  command(program: string, ...args: readonly string[]): Promise<string>;
  /** Kills a node's daemon and all that it has started, as if its machine had died. */
  killNode(name: string): Promise<void>;
  /** Its queue, and the last lines that its daemons have written. */
  logs(): Promise<string>;
}

/** How long until a node that does not answer is down, and a job that was on it starts again: both in seconds. */
const patience = { down: 5, requeued: 5 } as const;

/**
 * Starts a cluster whose nodes have these names and two CPUs each, and waits until they are idle. The programs in
 * `bin` of the folder are on its jobs' PATH. The folder's path must be short, as there are Unix sockets in it.
 */
export async function startCluster(
  folder: string,
  nodes: readonly string[],
): Promise<SlurmCluster> {
  const config = `${folder}/slurm.conf`;
  const env = { PATH: `${folder}/bin:${Deno.env.get("PATH")}`, SLURM_CONF: config };
  const daemons = new Map<string, Deno.ChildProcess>();
  const start = (name: string, program: string, ...args: readonly string[]) => {
    const command = `exec "$@" > ${name}.out 2>&1`;
    const path = programPath(program) ?? program;
    const options = { cwd: folder, env, stdin: "null", stdout: "null", stderr: "null" } as const;
    daemons.set(name, new Deno.Command("sh", { ...options, args: ["-c", command, "sh", path, ...args] }).spawn());
  };
  const command = async (program: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], cwd: folder, env }).output();
    const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit ${code}: ${error}`);
    return out.trim();
  };
  const tasks = async (job: string) => {
    const fields = ["ArrayTaskID", "State", "NodeList", "RestartCnt"].map((field) => `${field}:|`).join(",");
    const rows = await command("squeue", "--jobs", job, "--array", "--states=all", "--noheader", "--Format", fields);
    return rows.split("\n").map((row) => row.split("|").map((cell) => cell.trim())).map((
      [index, state, node, restarts],
    ) => ({ index: Number(index), state, node, restarts: Number(restarts) }));
  };
  const logs = async () => {
    const { stdout } = await new Deno.Command("tail", {
      args: ["-n", "20", ...["munged", "slurmctld", ...nodes].map((name) => `${name}.out`)],
      cwd: folder,
    }).output();
    return `${await command("squeue", "--array", "--states=all").catch(String)}\n${new TextDecoder().decode(stdout)}`;
  };
  const kill = async (name: string) => {
    const daemon = daemons.get(name);
    if (daemon !== undefined) await killTree(daemon);
  };
  const killNode = async (name: string) => {
    await kill(name);
    await killAll(() => jobProcesses([`SLURM_CONF=${config}`, `SLURMD_NODENAME=${name}`]));
  };
  const stop = async () => {
    for (const name of nodes) await killNode(name);
    for (const name of ["slurmctld", "munged"]) await kill(name);
  };

  await writeConfig(folder, nodes);
  try {
    const munge = ["key-file", "socket", "pid-file", "log-file", "seed-file"].map((what) =>
      `--${what}=${folder}/munge/${what}`
    );
    start("munged", "munged", "--foreground", "--num-threads=10", ...munge);
    await until("munged listens", () => exists(`${folder}/munge/socket`), logs);
    start("slurmctld", "slurmctld", "-D", "-c");
    for (const name of nodes) start(name, "slurmd", "-D", "-N", name);
    const idle = async () => {
      const states = await command("sinfo", "--Node", "--noheader", "--format=%T").catch(() => "");
      return states.split("\n").filter((state) => state === "idle").length === nodes.length || undefined;
    };
    await until("all nodes are idle", idle, logs);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    async submit(script, ...flags) {
      await Deno.writeTextFile(`${folder}/script.sh`, script); // sbatch copies it
      return await command("sbatch", "--parsable", ...flags, "script.sh");
    },
    tasks,
    ended: (job) =>
      until(`all tasks of job ${job} have ended`, async () => {
        const found = await tasks(job);
        return found.some(({ state }) => goesOn.has(state)) ? undefined : found;
      }, logs),
    command,
    killNode,
    logs,
    [Symbol.asyncDispose]: stop,
  };
}

const goesOn: ReadonlySet<string> = new Set(["PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "REQUEUED"]);

/**
 * slurm.conf(5). Daemons on one host need a port and a spool folder each. `cred_expire` is also how long a requeued job waits,
 * 120 s if nothing is said. linuxproc and none: without control groups, which a container may not change.
 */
async function writeConfig(folder: string, nodes: readonly string[]): Promise<void> {
  const [controller, ...ports] = freePorts(1 + nodes.length);
  const { uid } = Deno.statSync(folder);
  const names = nodes.map((name, i) =>
    `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[i]} CPUs=2 State=UNKNOWN`
  );
  const lines = [
    "ClusterName=tandem",
    "SlurmctldHost=localhost(127.0.0.1)",
    `SlurmctldPort=${controller}`,
    `SlurmUser=${uid}`,
    `SlurmdUser=${uid}`,
    "AuthType=auth/munge",
    `AuthInfo=socket=${folder}/munge/socket,cred_expire=${patience.requeued}`,
    `StateSaveLocation=${folder}/state`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/%n.pid`,
    `SlurmdSpoolDir=${folder}/spool-%n`,
    "ProctrackType=proctrack/linuxproc",
    "TaskPlugin=task/none",
    "JobAcctGatherType=jobacct_gather/none",
    "MpiDefault=none",
    "MailProg=/bin/true",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_CPU",
    "SlurmdParameters=config_overrides",
    `SlurmdTimeout=${patience.down}`,
    `MessageTimeout=${patience.down}`,
    "SchedulerParameters=bf_interval=1,sched_min_interval=0",
    "MinJobAge=3600",
    ...names,
    `PartitionName=all Nodes=${nodes.join(",")} Default=YES State=UP`,
  ];
  // munged wants all users to reach its socket, and only its own to read its key
  await Deno.chmod(folder, 0o711);
  for (const name of ["munge", "state"]) await Deno.mkdir(`${folder}/${name}`, { mode: 0o711 });
  await Deno.writeFile(`${folder}/munge/key-file`, crypto.getRandomValues(new Uint8Array(128)), { mode: 0o600 });
  await Deno.writeTextFile(`${folder}/slurm.conf`, lines.map((line) => `${line}\n`).join(""));
}

/**
 * The processes of jobs that were started with these variables. Their slurmstepds come first: one that survived would tell the
 * controller that its job has failed, and the job would not be requeued.
 */
function jobProcesses(variables: readonly string[]): Process[] {
  const all = processes();
  const ofJobs = all.filter((one) => variables.every((variable) => one.variables.includes(variable)));
  const parents = new Set(ofJobs.map(({ parent }) => parent));
  const steps = all.filter(({ pid, name }) => parents.has(pid) && name === "slurmstepd");
  return withDescendants([...steps, ...ofJobs], all);
}

function exists(path: string): true | undefined {
  try {
    return Deno.statSync(path) && true;
  } catch {
    return undefined;
  }
}
