import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { errorRecords, handed, inTerminal, linux, numberLines, testBothIsolations, testFault } from "./fault.ts";
import { gone, isAlive } from "./process.ts";

const stuck = {
  "busy loop": "while (true);",
  "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
};
const limit = "--timeout=500ms";

testBothIsolations(
  "job that never resolves",
  "--timeout: an error record, the task sees it by ctx.signal, those beside it are right",
  async ({ run, desk, grants }, isolate) => {
    const job = `${desk.code}
      export default async (i, { signal }) => {
        if (i !== 2) return i;
        signal.addEventListener("abort", () => note("aborted: " + signal.reason.name));
        await new Promise(() => {});
      }`;
    const flags = [limit, isolate, "-j1", "--tasks=2", ...grants];
    const { code, stdout, stderr } = await run(job, flags, { input: numberLines(20) });
    assertEquals([code, stdout], [1, numberLines(20).replace("\n2\n", "\n")], stderr);
    const [record, ...more] = errorRecords(stderr);
    assertEquals([record.line, record.error.name, more], [2, "TimeoutError", []]);
    assertStringIncludes(record.error.message, "took longer than 500 ms");
    assertEquals(desk.notes(), ["aborted: TimeoutError"]);
  },
);

testBothIsolations(
  "job that never resolves",
  "--timeout: one that gives up by its signal leaves its slot as it is",
  async ({ run }, isolate) => {
    const job = `export default (i, { signal }) =>
      i !== 2 ? i : new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))`;
    const { code, stdout, stderr } = await run(job, [limit, isolate, "-j1"], { input: "1\n2\n3\n" });
    assertEquals([code, stdout], [1, "1\n3\n"], stderr);
    assertEquals(errorRecords(stderr).map(({ line, error }) => [line, error.name]), [[2, "TimeoutError"]]);
    assert(!stderr.includes("replaced"), stderr);
  },
);

for (const [name, code] of Object.entries(stuck)) {
  const cell = `${name}, --timeout: the child is killed, an error record, the slot is replaced, the rest is right`;
  testFault("busy loop, blocked thread", cell, async ({ run, desk, grants }) => {
    const job = `${desk.code}
      export default (i) => {
        if (i < 5 || i > 6) return i;
        note(Deno.pid);
        ${code}
      }`;
    const { code: exit, stdout, stderr } = await run(job, [limit, "-j2", ...grants], { input: numberLines(20) });
    assertEquals([exit, stdout], [1, numberLines(20).replace("\n5\n", "\n").replace("\n6\n", "\n")], stderr);
    const records = errorRecords(stderr);
    assertEquals(records.map(({ line, error }) => [line, error.name]), [[5, "TimeoutError"], [6, "TimeoutError"]]);
    assertMatch(stderr, /2 threads replaced/);
    const pids = desk.notes().map(Number);
    assertEquals(new Set(pids).size, 2);
    if (linux) { for (const pid of pids) assert(!await isAlive(pid), `process ${pid} is left`); }
  });
}

testFault(
  "busy loop, blocked thread",
  "--timeout: the child is killed while the run goes on",
  async ({ spawn, desk, grants }) => {
    const job = `${desk.code} export default (i) => { if (i === 2) return i; note(Deno.pid); while (true); }`;
    const killed = Promise.withResolvers<void>();
    const input = handed("1\n", killed.promise, "2\n");
    const running = spawn(job, ["--timeout=500ms", "-j1", ...grants], { input });
    await running.said(/TimeoutError/);
    await gone(desk.notes().map(Number), 1_000);
    killed.resolve();
    assertEquals((await running.ended()).stdout, "2\n");
  },
  !linux,
);

for (const [name, code] of Object.entries(stuck)) {
  const cell = `${name}, --timeout --isolate=worker: an error record, said on stderr, it ends by itself`;
  testFault("busy loop, blocked thread", cell, async ({ run }) => {
    const job = `export default (i) => { if (i === 5) { ${code} } return i; }`;
    const flags = [limit, "--isolate=worker", "-j2"];
    const { code: exit, stdout, stderr } = await run(job, flags, { input: numberLines(20) });
    assertEquals([exit, stdout], [1, numberLines(20).replace("\n5\n", "\n")], stderr);
    assertEquals(errorRecords(stderr).map(({ line, error }) => [line, error.name]), [[5, "TimeoutError"]]);
    assertMatch(stderr, /^! a thread that did not end in time keeps its core busy until the run ends; see --isolate$/m);
    assertMatch(stderr, /1 thread replaced/);
  });
}

const cell = "no --timeout: on a terminal progress shows the line and its age";
testFault("busy loop, blocked thread", cell, async ({ spawn, desk, grants, folder }) => {
  Deno.writeTextFileSync(`${folder}/input`, "1\n2\n3\n");
  const job = `${desk.code} export default (i) => { if (i === 2) blockUntilOpen(); return i; }`;
  const ages = ["worker", "process"].map(async (isolate) => {
    const output = `${folder}/${isolate}`;
    const wrap = inTerminal(`> '${output}'`);
    const running = spawn(job, [`${folder}/input`, `--isolate=${isolate}`, "-j1", ...grants], { wrap });
    let screen = "";
    while (!screen.includes("line 2 runs 4 s")) {
      const part = await running.part();
      assert(part !== "", screen);
      screen += part;
    }
    return { running, output };
  });
  const seen = await Promise.all(ages);
  desk.open();
  for (const { running, output } of seen) {
    const { code, stdout } = await running.ended();
    assertEquals([code, await Deno.readTextFile(output)], [0, "1\n2\n3\n"], stdout);
  }
}, !linux);
