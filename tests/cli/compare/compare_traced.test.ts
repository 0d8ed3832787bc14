import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { nameOf, validTrace } from "../../report/trace/valid_trace.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";

const job = "tests/fixtures/jobs/square.ts";
const few = ["--count=20", "--rounds=2", "--threads=2", "--tasks=4", "--max-time=60s", "-q"];

Deno.test("compare --trace: one run of each mode, in threads of its own, with all of its items; the rounds are as without", async () => {
  await inFolder({}, async (root) => {
    const report = `${root}/report.json`;
    const { code } = await call(["compare", job, ...few, "--trace", `${root}/trace`, "--export-json", report]);
    assertEquals(code, 0);
    const events = validTrace(Deno.readTextFileSync(`${root}/trace`));
    const runs = events.filter(({ ph, name }) => ph === "X" && name === "run");
    const byProcess = Map.groupBy(runs, (run) => String(nameOf(events, "process", run)));
    const modes = Map.groupBy(byProcess.keys(), (name) => name.split(",")[0]);
    assertEquals([...modes.keys()].toSorted(), ["both 2×2", "serial 1×1", "tasks 1×4", "threads 2×1"]);
    const { result } = JSON.parse(Deno.readTextFileSync(report));
    assertEquals(result.rounds, 2);
    for (const [mode, processes] of modes) {
      const lines = processes.flatMap((name) => byProcess.get(name)!.map(({ args }) => Number(args.line)));
      const distinct = new Set(lines).size;
      assertEquals([lines.length, lines.length % 20], [distinct, 0], mode);
      assert(processes.every((name) => /, thread [01]$/.test(name)), processes.join());
    }
  });
});

Deno.test("compare --trace: is tried before anything is measured, is no other file, and runs no item twice", async () => {
  await inFolder({ items: "1\n2\n" }, async (root) => {
    const refusals = [
      [["--count=4", "--trace", "-"], "cannot write the trace to stdout"],
      [["--count=4", "--trace", `${root}/none/trace`], "its folder does not exist"],
      [["--trace", `${root}/items`, "--items", `${root}/items`], "are the same file"],
      [["--count=4", "--trace", `${root}/trace`, "--once"], "--once forbids that"],
    ] as const;
    for (const [flags, why] of refusals) {
      const { code, stderr } = await failingCall(["compare", job, ...flags]);
      assertEquals(code, 2);
      assertStringIncludes(stderr, why);
    }
    assertEquals([...Deno.readDirSync(root)].map(({ name }) => name), ["items"]);
  });
});

Deno.test("compare: of each file that cannot be written any more it tells, and shows all the rest", async () => {
  await inFolder({ "sub/x": "" }, async (root) => {
    const [trace, plan, report] = ["trace", "plan", "report"].map((name) => `${root}/sub/${name}`);
    let isThere = true;
    const onWrite = () => { // the first is what the rounds will be
      if (isThere) Deno.removeSync(`${root}/sub`, { recursive: true });
      isThere = false;
    };
    const files = ["--trace", trace, "--save-plan", plan, "--export-json", report];
    const machine = fakeMachine({ computingMs: 2 });
    const args = ["compare", job, "--count=20", "--rounds=8", ...files];
    const { code, stdout, stderr } = await failingCall(args, { ...machine, onWrite });
    assertEquals(code, 3);
    assertStringIncludes(stdout, "Use threads");
    assertEquals(
      stderr.split("\n").filter((line) => line.includes("cannot write")).map((line) => line.split(": No such")[0]),
      [`! cannot write to ${trace}`, `! cannot write to ${plan}`, `tandem: cannot write to ${report}`],
    );
  });
});
