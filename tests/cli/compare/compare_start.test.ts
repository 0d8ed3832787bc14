import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Host } from "../../../lib/exec/host/host.ts";
import { type FakeJob, fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

const echo = "tests/fixtures/jobs/echo.js";
/** Items that take so long that few are simulated. */
const slow: FakeJob = { computingMs: 400, items: [1, 2, 3, 4] };
const brief = ["--rounds=1", "--max-time=10m", "--quiet"];

function compare(args: readonly string[], surroundings: TestSurroundings = {}) {
  return call(["compare", echo, ...brief, ...args], { ...fakeMachine(slow), style: { width: 200 }, ...surroundings });
}

async function refused(args: readonly string[], surroundings: TestSurroundings = {}): Promise<string> {
  const { code, stdout, stderr } = await failingCall(["compare", ...args], { ...fakeMachine(slow), ...surroundings });
  assertEquals([code, stdout], [2, ""]);
  return stderr;
}

Deno.test("compare: what is wrong with its command line is said before any slot starts", async () => {
  const host: Host = () => {
    throw new Error("a slot was started");
  };
  const query: TestSurroundings["query"] = () => ({ state: "prompt" });
  const machine = { ...fakeMachine(slow), host, query };
  assertMatch(await refused(["no/such.js"], machine), /no such file/);
  assertMatch(await refused([echo, "--isolate=worker", "--memory=1GiB"], machine), /--memory needs processes/);
  assertMatch(await refused([echo, "--allow-net"], machine), /was started without --allow-net itself/);
  assertMatch(await refused([echo, "--items=no/such"], machine), /cannot read "no\/such"/);
  assertMatch(await refused([echo, "--save-plan=no/such/plan"], machine), /its folder does not exist/);
});

Deno.test("compare: the plan is no file that it reads", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const items = `${folder}/items`;
    Deno.writeTextFileSync(items, "1\n");
    assertMatch(await refused([echo, `--items=${items}`, `--save-plan=${items}`]), / are the same file; /);
    assertEquals(Deno.readTextFileSync(items), "1\n");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("compare: items that JSON.parse changes are warned of before anything is measured", async () => {
  const { code, stderr } = await compare(["--items=-"], {
    stdin: '{"a":1,"a":2}\n1\n',
    stderrStyle: { terminal: true },
  });
  assertEquals(code, 0);
  assertMatch(stderr, /^! 1 item .*line 1/);
  assertEquals((await compare(["--items=-"], { stdin: "2\n1\n" })).stderr, "");
});

Deno.test("compare: a time that is up is that of the whole, from the program's begin on", async () => {
  const args = ["compare", echo, "--rounds=1", "--max-time=1s", "--quiet"];
  const { code, stderr } = await failingCall(args, fakeMachine(slow));
  assertEquals(code, 2);
  assertMatch(stderr, /^tandem: no round is over within 1 s: /);
});

Deno.test("compare: a plan that cannot be written is said after the result has been shown", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const plan = `${folder}/plan`;
    const machine = fakeMachine({ computingMs: 400 });
    let seen = "";
    const onWrite = ({ stdout }: { readonly stdout: string }) => seen = stdout;
    const meter = { ...machine.meter, readLoad: () => (block(plan), machine.meter.readLoad()) }; // while it measures
    const { code, stderr } = await failingCall(
      ["compare", echo, "--rounds=6", "--count=4", "--max-time=10m", "--quiet", `--save-plan=${plan}`],
      { ...machine, onWrite, meter },
    );
    assertEquals(code, 3);
    assertMatch(stderr, /^tandem: cannot write to /);
    assertStringIncludes(seen, "\nserial ");
    assertMatch(seen, /\nNext: seq 0 3 \| tandem run .* --threads 2 --tasks 1\n/); // as there is no plan
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

/** Makes a folder of what is to be a file. */
function block(path: string): void {
  Deno.mkdirSync(path, { recursive: true });
}

Deno.test("compare --json: the saved plan is named; stdout has the plan and the document", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const plan = `${folder}/plan`;
    const { stdout } = await call(
      ["compare", echo, "--rounds=6", "--count=4", "--max-time=10m", "--quiet", "--json", `--save-plan=${plan}`],
      fakeMachine({ computingMs: 400 }),
    );
    const { result, seed, comparable } = JSON.parse(stdout);
    assertEquals([result.savedPlan, seed], [plan, 42]);
    assert(comparable.itemsSha256 !== null);
    const { threads, tasks } = JSON.parse(Deno.readTextFileSync(plan));
    assertEquals([threads, tasks], [result.advice.threads, result.advice.tasks]);
    assertMatch(result.next, /^seq 0 3 \| tandem run .* --plan /);
    const shown = await call(
      ["compare", echo, "--rounds=6", "--count=4", "--max-time=10m", "--quiet", "--save-plan=/dev/stdout"],
      fakeMachine({ computingMs: 400 }),
    );
    assertMatch(shown.stdout, /^\{\n {2}"plan": 1,/m);
    assertMatch(shown.stdout, /\nNext: seq 0 3 \| tandem run .* --threads 2 --tasks 1\n/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
