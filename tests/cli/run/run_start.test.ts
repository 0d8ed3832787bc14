import { assertEquals, assertMatch } from "@std/assert";
import type { Host } from "../../../lib/exec/host/host.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

const echo = "tests/fixtures/jobs/echo.js";
const computes = { computingMs: 1 };

/** A machine that counts the slots that are up, and those that were started. */
function countingMachine() {
  const machine = fakeMachine(computes);
  const slots = { up: 0, started: 0 };
  const host: Host = (...given) => {
    slots.up++;
    slots.started++;
    const slot = machine.host(...given);
    return { ...slot, terminate: () => (slots.up--, slot.terminate()) };
  };
  return { slots, machine: { ...machine, host } };
}

/** What a run says that does not come to its lines. */
async function refused(args: readonly string[], surroundings: TestSurroundings = {}): Promise<string> {
  const { code, stdout, stderr } = await failingCall(["run", ...args], { ...fakeMachine(computes), ...surroundings });
  assertEquals([code, stdout], [2, ""]);
  return stderr;
}

Deno.test("run: slots start while the inputs are looked at: as many as it begins with, 8 at most; a refusal leaves none", async () => {
  for (const [flag, count] of [["-j1", 1], ["-j3", 3], ["-j20", 8], ["--mode=both", 2], ["--mode=auto", 1]] as const) {
    const { slots, machine } = countingMachine();
    assertMatch(await refused([echo, flag, "no/such"], machine), /^tandem: cannot read "no\/such"/);
    assertEquals(slots, { up: 0, started: count }, flag);
  }
});

Deno.test("run: what is wrong with its command line is said before any slot starts", async () => {
  for (const flags of [["--mode=serial", "-j2"], ["--ordered", "--unordered"], ["--plan=no/such"]]) {
    const { slots, machine } = countingMachine();
    await refused([echo, ...flags], machine);
    assertEquals(slots.started, 0);
  }
  const { slots, machine } = countingMachine();
  await refused(["no/such.js"], machine);
  const query: TestSurroundings["query"] = () => ({ state: "prompt" });
  assertMatch(await refused([echo, "--allow-net"], { ...machine, query }), /was started without --allow-net itself/);
  assertEquals(slots.started, 0);
});

Deno.test("run: a file that it writes is none of its others", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const file = `${folder}/f`;
    Deno.writeTextFileSync(file, "1\n");
    const same = [
      [`--journal=${file}`, file],
      [`--export-json=${file}`, file],
      [`--journal=${folder}/new`, `--export-json=${folder}/./new`],
      [`--resume=${file}`, "-", file],
    ];
    for (const args of same) {
      assertMatch(await refused([echo, ...args]), / are the same file; give one of them another/);
    }
    assertEquals(Deno.readTextFileSync(file), "1\n");
    const { code } = await call(["run", echo, file, `--export-json=${folder}/x`], fakeMachine(computes));
    assertEquals(code, 0);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("run: a built-in job runs over its own items, unless files or - are named", async () => {
  const run = async (...files: string[]) =>
    (await call(["run", "@primes", "-j1", ...files], { ...fakeMachine(computes), stdin: "1\n2\n" })).stdout;
  assertEquals(await run("-"), "0\n1\n");
  assertEquals((await run("--limit=3")).split("\n").length, 4);
});

Deno.test("run: no slot is left of it", async () => {
  const { slots, machine } = countingMachine();
  const { code } = await call(["run", echo, "-j3"], { ...machine, stdin: "1\n2\n" });
  assertEquals([code, slots], [0, { up: 0, started: 3 }]);
});

Deno.test("run: --ordered and --unordered contradict each other, and each of them alone does not", async () => {
  const run = (flag: string) => call(["run", echo, "-j1", flag], { ...fakeMachine(computes), stdin: "1\n2\n" });
  for (const flag of ["--ordered", "--unordered"]) assertEquals((await run(flag)).code, 0);
});

Deno.test("run: the document has what was done before, what is left, and how wide it was", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const failing = { computingMs: 1, failure: (place: number) => place === 1 ? "no" : undefined };
    const { code, stdout } = await call(
      ["run", echo, "-j2", "--tasks=3", "--export-json=-", "--errors=inline", `--journal=${folder}/j`],
      { ...fakeMachine(failing), stdin: "1\n2\n3\n" },
    );
    const end = stdout.indexOf("{\n"); // the records before it are one line each
    const { result } = JSON.parse(stdout.slice(end));
    const { ok, failed, before, threads, tasks, exitCode, isolate } = result;
    assertEquals({ code, ok, failed, before, threads, tasks, exitCode, isolate }, {
      code: 1,
      ok: 2,
      failed: 1,
      before: { ok: 0, failed: 0 },
      threads: 2,
      tasks: 3,
      exitCode: 1,
      isolate: "worker",
    });
    assertEquals([result.lines, result.bytesIn, result.bytesOut], [3, 6, end]);
    assertMatch(result.next, / --retry-failed \S+\/j .*< the same input$/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("run --export-json: its summary is that of the run, beside the flags", async () => {
  const { stdout } = await call(["run", echo, "-j1", "--limit=2", "--export-json=-"], {
    ...fakeMachine(computes),
    stdin: "1\n2\n3\n",
  });
  const { command, options, result } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  assertEquals([command, options.limit, result.ok, result.exitCode, result.next, result.found], [
    "run",
    2,
    2,
    0,
    null,
    null,
  ]);
});
