import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { run, testEach } from "../programs.ts";
import { input, job, onDisk, oneMachine, printed } from "./machine.ts";

/** The variables of a task of an array. */
const task = (index: number, count: number) => ({
  SLURM_ARRAY_JOB_ID: "42",
  SLURM_ARRAY_TASK_ID: `${index}`,
  SLURM_ARRAY_TASK_MIN: "0",
  SLURM_ARRAY_TASK_MAX: `${count - 1}`,
  SLURM_ARRAY_TASK_STEP: "1",
  SLURM_ARRAY_TASK_COUNT: `${count}`,
});

const scontrol = { scontrol: `echo "$@" >> scontrol.log` };

/** The lines that sbatch reads. */
const directives = (script: string) =>
  script.split("\n").flatMap((line) => line.startsWith("#SBATCH ") ? [line.slice("#SBATCH ".length)] : []);

Deno.test("engine slurm: what sbatch reads", async () => {
  assertEquals(directives(await printed("slurm", "job.ts", "items", "--shards=12")), [
    "--job-name=tandem",
    "--array=0-11",
    "--ntasks=1",
    "--cpus-per-task=1",
    "--output=tandem-%2a.log",
    "--open-mode=append",
    "--requeue",
    "--signal=B:USR1@120",
  ]);
  const flags = ["--shards=8", "--at-once=3", "--name=sq", "--", "-j2", "--memory=1GiB"];
  const wide = directives(await printed("slurm", "job.ts", "items", ...flags));
  for (const line of ["--array=0-7%3", "--job-name=sq", "--cpus-per-task=2", "--mem=2560M", "--output=sq-%a.log"]) {
    assert(wide.includes(line), line);
  }
  const odd = directives(await printed("slurm", "job.ts", "items", "--shards=2", "--", "--memory=1000B"));
  assert(odd.includes("--mem=513M"), "rounded up");
});

Deno.test("engine slurm: names of logs sort, as those of outputs do", async () => {
  for (const [shards, log] of [[1, "%a"], [10, "%a"], [11, "%2a"], [101, "%3a"]] as const) {
    const lines = directives(await printed("slurm", "job.ts", "items", `--shards=${shards}`));
    assert(lines.includes(`--output=tandem-${log}.log`), `${shards}`);
  }
});

Deno.test("engine slurm: what sbatch reads comes before all that a user names", async () => {
  const script = await printed("slurm", "a\n#SBATCH --uid=0\n", "b\n#SBATCH --uid=0\n", "--shards=2");
  assertEquals(directives(script).filter((line) => line.includes("uid")), []);
});

testEach("engine slurm: the tasks and what gathers write what one machine does", async (program) => {
  await onDisk(program, { programs: scontrol }, async ({ folder, bash, read }) => {
    const script = await printed("slurm", job, input, "--shards=3");
    const codes: number[] = [];
    for (const index of [0, 1, 2]) codes.push((await bash(script, task(index, 3))).code);
    assertEquals(codes, [1, 0, 0]); // 3 fails, in the first shard
    const gathered = await bash(await printed("slurm", job, input, "--shards=3", "--gather"));
    assertEquals(gathered.code, 0, gathered.stderr);
    assertEquals(read("tandem.out"), await oneMachine(folder));
    assertEquals(
      [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted(),
      [
        input,
        job,
        ...[0, 1, 2].flatMap((index) => [`tandem-${index}.journal`, `tandem-${index}.out`]),
        "tandem.out",
      ].toSorted(),
    );
  });
});

testEach(
  "engine slurm: before its time limit a task goes back into the queue, and then it goes on",
  async (program) => {
    const waits = `export default async (x) => {
    if (x === 5) try { Deno.statSync(new URL("go", import.meta.url)); } catch { console.log("waiting"); await new Promise(() => {}); }
    return x;
  };`;
    const files = { "job.js": waits, "deno.json": "{}", "items": "0\n1\n2\n3\n4\n5\n6\n7\n" };
    await onDisk(program, { files, programs: scontrol }, async ({ folder, start, bash, read }) => {
      const script = await printed("slurm", "job.js", "items", "--shards=2", "--", "-j1", "--tasks=1");
      const limited = start(["bash", "-c", script], task(1, 2));
      await limited.said(/waiting/);
      limited.kill("SIGUSR1");
      const { code, stderr } = await limited.ended();
      assertEquals([code, read("scontrol.log")], [143, "requeue 42_1\n"], stderr);
      assertEquals(read("tandem-1.out"), '{"line":2,"value":1}\n{"line":4,"value":3}\n');
      Deno.writeTextFileSync(`${folder}/go`, "");
      for (const index of [0, 1]) {
        const { code, stderr } = await bash(script, { ...task(index, 2), SLURM_RESTART_COUNT: "1" });
        assertEquals(code, 0, stderr);
      }
      assertEquals((await bash(await printed("slurm", "job.js", "items", "--shards=2", "--gather"))).code, 0);
      assertEquals([read("tandem.out"), read("scontrol.log")], [read("items"), "requeue 42_1\n"]);
    });
  },
);

testEach("engine slurm: a task whose earlier start still writes the journal comes back later", async (program) => {
  const { stdout: version } = await run(program, ["--version", "--json"]);
  if (JSON.parse(version).deno.startsWith("2.6.")) return; // it has no tryLock
  const files = { "job.js": "export default (x) => x;", items: "1\n" };
  await onDisk(program, { files, programs: scontrol }, async ({ folder, bash, read }) => {
    const script = await printed("slurm", "job.js", "items", "--shards=1");
    using journal = Deno.openSync(`${folder}/tandem-0.journal`, { write: true, create: true });
    journal.lockSync(true);
    assertEquals((await bash(script, { ...task(0, 1), SLURM_RESTART_COUNT: "100" })).code, 75);
    const { code, stderr } = await bash(script, task(0, 1));
    assertEquals([code, read("scontrol.log")], [75, "requeue 42_0\n"], stderr);
    journal.unlockSync();
    assertEquals((await bash(script, task(0, 1))).code, 0);
    assertEquals(read("tandem-0.out"), '{"line":1,"value":1}\n');
  });
});

testEach(
  "engine slurm: a task that is cancelled, or has been requeued too often, does not come back",
  async (program) => {
    const files = {
      "job.js": "export default () => { console.log('waiting'); return new Promise(() => {}); };",
      items: "1\n",
    };
    await onDisk(program, { files, programs: scontrol }, async ({ folder, start }) => {
      const script = await printed("slurm", "job.js", "items", "--shards=1");
      for (const [signal, restarts] of [["SIGTERM", "0"], ["SIGUSR1", "100"]] as const) {
        const running = start(["bash", "-c", script], { ...task(0, 1), SLURM_RESTART_COUNT: restarts });
        await running.said(/waiting/);
        running.kill(signal);
        assertEquals((await running.ended()).code, 143);
      }
      assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "scontrol.log"), false);
    });
  },
);

testEach("engine slurm: what gathers keeps no output that lacks lines", async (program) => {
  await onDisk(program, { programs: scontrol }, async ({ folder, bash }) => {
    await bash(await printed("slurm", job, input, "--shards=2"), task(0, 2));
    Deno.writeTextFileSync(`${folder}/tandem-1.out`, "");
    const { code, stderr } = await bash(await printed("slurm", job, input, "--shards=2", "--gather"));
    assertEquals(code, 1);
    assertStringIncludes(stderr, "6 lines are in no file: 2, 4, 6, 8, 10, 13");
    assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "tandem.out"), false);
  });
});
