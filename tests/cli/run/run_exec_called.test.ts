import { assertEquals, assertMatch } from "@std/assert";
import { commandBounds, type WidthFlags } from "../../../lib/cli/run/width.ts";
import { type FakeJob, fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import { needsOf } from "../row.ts";
import { row } from "../../../lib/cli/run/command.ts";
import { OutputFile } from "../test_session.ts";

const noShell = Deno.build.os === "windows";
const refusal = async (...flags: string[]) => (await failingCall(["run", ...flags])).stderr.trim();
const auto = { mode: "auto", threads: undefined, tasks: undefined } as const;

Deno.test({
  name: "run --exec: bytes that are not text pass unchanged",
  ignore: noShell,
  async fn() {
    const output = new OutputFile();
    const { code } = await call(["run", "-q", "--exec", `printf '\\377\\0%s\\r\\n\\n'`], { stdin: "a\nb\n", output });
    assertEquals([code, [...output.bytes]], [0, [255, 0, 97, 13, 10, 10, 255, 0, 98, 13, 10, 10]]);
  },
});

Deno.test({
  name: "run --exec: commands that wait get company, up to two for each core",
  ignore: noShell,
  async fn() {
    const waits: FakeJob = { computingMs: 0, waitingMs: 50 };
    const { code, stderr } = await call(["run", "--exec", "true"], {
      ...fakeMachine(waits, { noise: 0 }),
      stdin: "1\n".repeat(400),
    });
    assertEquals(code, 0);
    assertMatch(stderr, /^auto: .*1×4/s); // on two cores
  },
});

Deno.test("run --exec: how many commands run at once", () => {
  const bounds = (flags: Partial<WidthFlags>) => commandBounds({ ...auto, ...flags }, 4);
  assertEquals(bounds({}), { threads: [1, 1], tasks: [1, 8], places: 8 });
  assertEquals(bounds({ threads: 3 }), { threads: [1, 1], tasks: [3, 3] });
  assertEquals(bounds({ tasks: 300 }), { threads: [1, 1], tasks: [300, 300] });
  assertEquals(bounds({ mode: "serial" }), { threads: [1, 1], tasks: [1, 1] });
  assertEquals(bounds({ mode: "serial", threads: 1 }), bounds({ mode: "serial" }));
});

Deno.test("run --exec: what contradicts it, and what is for jobs", async () => {
  const exec = ["--exec", "true"];
  const refusals: readonly (readonly [flags: readonly string[], says: string])[] = [
    [["--shell"], "run needs JOB [FILE...]; see: tandem help run"],
    [["job.js", "--shell"], "--shell needs a command for the shell: --exec COMMAND"],
    [["--exec", " "], "--exec needs a command, like 'gzip -k {}'"],
    [["--exec="], "--exec \"\": expected a command, like 'gzip -k {}'"],
    [["--exec"], "--exec needs a value: --exec COMMAND"],
    [
      [...exec, "-j2", "--tasks=2"],
      "with --exec, --threads and --tasks both say how many commands run at once; leave one out",
    ],
    [[...exec, "--mode=both"], "--mode both is for jobs; with --exec, -j says how many commands run at once"],
    [
      [...exec, "--mode=serial", "-j2"],
      "--mode serial runs one command at once, found 2; leave one of the two flags out",
    ],
    [[...exec, "--isolate=process"], "--isolate=process is for jobs; each command of --exec is a process already"],
    [
      [...exec, "--memory=1GiB"],
      "--memory is for jobs; for a command: --shell --exec 'ulimit -v KIBIBYTES; COMMAND {}'",
    ],
    [[...exec, "--deno"], "--deno is for jobs; leave it out with --exec"],
    [[...exec, "--plan=p"], "--plan is for jobs; with --exec, -j says how many commands run at once"],
    [[...exec, "--allow-net"], "--allow-net is for jobs; what a command of --exec does is not limited: leave it out"],
    [[...exec, "--allow-all"], "--allow-all is for jobs; what a command of --exec does is not limited: leave it out"],
    [
      [...exec, "--allow-run=git,ls"],
      "--allow-run=git,ls does not name true, which --exec runs; leave it out: --exec grants that program",
    ],
    [[...exec, "nosuch.txt"], 'cannot read "nosuch.txt": No such file or directory'],
  ];
  for (const [flags, says] of refusals) assertEquals(await refusal(...flags), `tandem: ${says}`);
});

Deno.test({
  name: "run --exec: a grant that names its program, or all, is no contradiction",
  ignore: noShell,
  async fn() {
    for (const grant of ["--allow-run", "--allow-run=echo,ls"]) {
      const { code, stdout } = await call(["run", "-q", "--exec", "echo", grant], { stdin: "a\n" });
      assertEquals([code, stdout], [0, "a\n"]);
    }
  },
});

Deno.test({
  name: "run --exec: rows of CSV in are JSON to a command, and its results can be rows",
  ignore: noShell,
  async fn() {
    const { code, stdout } = await call(["run", "-q", "--input=csv", "--output=csv", "--exec", "printf %s"], {
      stdin: "name\nAnna\n",
    });
    assertEquals([code, stdout], [0, 'stdout\n"{""name"":""Anna""}"\n']);
  },
});

Deno.test("run --exec keeps the permissions to read, to run programs and to see the PATH, and no other", async () => {
  assertEquals(await needsOf(row, ["--exec", "true"]), ["env", "read", "run"]);
});
