import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { engines } from "../../../lib/cli/engine/command.ts";
import { failingCall } from "../in_process.ts";
import { run, testEach } from "../programs.ts";
import { printed } from "./machine.ts";

const sharded = ["slurm", "job.ts", "items", "--shards=2"];

/** Command lines, and what is said of each. */
const refused: readonly (readonly [args: readonly string[], said: string])[] = [
  [["slrum", "job.ts"], "slrum: expected slurm, kubernetes, parallel. Did you mean slurm?"],
  [["slurm", "job.ts", "items"], "engine needs the number of shards: --shards N"],
  [["slurm", "--shards=2"], "engine needs a job behind the engine's name, and its input: JOB FILE"],
  [["slurm", "job.ts", "--shards=2"], "name the input after the job"],
  [["slurm", "--shards=2", "--", "--exec=gzip {}"], "name the input after the job"],
  [["slurm", "job.ts", "-", "--shards=2"], "shards cannot share stdin"],
  [[...sharded, "--sshlogin=a"], "--sshlogin is for parallel; leave it out with slurm"],
  [["parallel", ...sharded.slice(1), "--gather"], "--gather is for slurm and kubernetes; leave it out with parallel"],
  [[...sharded, "--name=A b"], "--name A b: expected at most 40 lowercase letters"],
  [[...sharded, "--", "--treads=2"], "unknown flag --treads for run. Did you mean --threads?"],
  [[...sharded, "--", "more"], "after -- there are only flags of run, found more"],
  [[...sharded, "--", "-j2", "--", "more"], "after -- there are only flags of run, found more"],
  [[...sharded, "--", "--tag"], "--tag is not allowed here: each shard has it; leave it out"],
  [[...sharded, "--", "--shard=0/2"], "--shard is not allowed here"],
  [[...sharded, "--", "--output=csv"], "--output csv is not allowed here"],
  [[...sharded, "--", "--log=run.log"], "--log run.log: all shards would write it; put {shard} into its name"],
  [[...sharded, "--", "--help"], "--help goes before --"],
];

Deno.test("engine: what makes no run in shards is refused", async () => {
  for (const [args, said] of refused) {
    const { code, stdout, stderr } = await failingCall(["engine", ...args]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, said);
  }
});

Deno.test("engine: a shard's command line has the flags of run, and what gathers reads what they write", async () => {
  const flags = ["--", "--exec", "tr a b", "--log", "log-{shard}", "-0"];
  const script = await printed("slurm", "in", "--shards=2", ...flags);
  assertStringIncludes(
    script,
    "\ntandem run --shard auto --shards 2 in --exec 'tr a b' --results 'tandem-{shard}.out' --null --tag --errors inline " +
      "--journal 'tandem-{shard}.journal' --log 'log-{shard}' &\n",
  );
  const gather = await printed("slurm", "in", "--shards=2", "--gather", "--sparse", ...flags);
  assertStringIncludes(
    gather,
    "\ntandem gather 'tandem-{shard}.out' --untag --output exec --null --items in --input lines --shards 2 --sparse > ",
  );
});

Deno.test("engine: formats that gather has to know", async () => {
  const gather = async (...flags: readonly string[]) =>
    /tandem gather .*(?= > )/.exec(await printed(...sharded, "--gather", "--", ...flags))![0];
  const said = "tandem gather 'tandem-{shard}.out' --untag ";
  assertEquals(await gather("--input=csv", "--header=a,b"), `${said}--items items --input csv --header a,b --shards 2`);
  assertEquals(await gather("--output=lines"), `${said}--output lines --items items --shards 2`);
});

Deno.test("engine: a built-in job has items of its own", async () => {
  const script = await printed("slurm", "@primes", "--shards=2", "--gather", "--program=/opt/tandem");
  assertStringIncludes(script, "\n/opt/tandem gather 'tandem-{shard}.out' --untag --shards 2 > ");
  assert(!script.includes("--items"));
});

testEach("engine: the program prints what each engine takes", async (program) => {
  for (const engine of engines) {
    const { code, stdout, stderr } = await run(program, ["engine", engine, ...sharded.slice(1)]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(stdout, await printed(engine, ...sharded.slice(1)));
  }
});
