import { assert, assertEquals } from "@std/assert";
import { doom, errorRecords, killItsProcess, numberLines, testBothIsolations, testFault, unix } from "./fault.ts";

/** Bugs that were found in other pools. */
const row = "known bugs of pools elsewhere";

/** Lines that end in errors by their numbers, and the others' numbers as results. */
function assertEnds(stdout: string, stderr: string, count: number, failed: readonly number[]): void {
  assertEquals(errorRecords(stderr).map(({ line }) => line), failed, stderr);
  assertEquals(stdout, numberLines(count).split(/(?<=\n)/).filter((line) => !failed.includes(Number(line))).join(""));
}

testBothIsolations(
  row,
  "a task in flight when its slot dies has its end, and the pool keeps its width",
  async (scene, isolate) => {
    const { run, desk, grants } = scene;
    const job = `${desk.code} ${doom}
    export default async (i, { thread }) => {
      if (i % 10 === 5) {
        doom.resolve();
        await new Promise(() => {});
      }
      if (i > 50) await tell(thread); // only while two run at once they go on
      return i;
    }`;
    const ended = run(job, [isolate, "-j2", "--tasks=1", "--unordered", ...grants], { input: numberLines(54) });
    for (let i = 51; i < 54; i += 2) {
      const pair = [await desk.next(), await desk.next()];
      assertEquals(new Set(pair.map(({ text }) => text)), new Set(["0", "1"]));
      for (const { goOn } of pair) goOn();
    }
    const { stdout, stderr } = await ended;
    const sorted = stdout.trim().split("\n").map(Number).toSorted((a, b) => a - b).map((i) => `${i}\n`).join("");
    assertEnds(sorted, stderr, 54, [5, 15, 25, 35, 45]);
    assert(/5 threads replaced/.test(stderr), stderr);
  },
);

testFault(
  row,
  "every slot dies by a signal, more often than there are slots: the pool does not shrink to none",
  async (scene) => {
    const job = `export default (i) => {
    if (i % 10 === 5) { ${killItsProcess} }
    return i;
  }`;
    const flags = ["--isolate=process", "-j2", "--tasks=1", "--allow-run"];
    const { stdout, stderr } = await scene.run(job, flags, { input: numberLines(40) });
    assertEnds(stdout, stderr, 40, [5, 15, 25, 35]);
    assertEquals(new Set(errorRecords(stderr).map(({ error }) => error.name)), new Set(["ProcessDied"]));
  },
  !unix,
);

testBothIsolations(
  row,
  "the end of one item does not end its neighbours, and ends in the order 3, 2 stop no queue",
  async ({ run }, isolate) => {
    const job = `export default (i, { signal }) => new Promise((resolve, reject) => {
      const giveUp = { 2: 100, 3: 0 }[i];
      if (giveUp === undefined) setTimeout(() => signal.aborted ? reject(signal.reason) : resolve(i));
      else signal.addEventListener("abort", () => setTimeout(() => reject(signal.reason), giveUp));
    })`;
    const flags = [isolate, "-j1", "--tasks=3", "--timeout=500ms"];
    const { stdout, stderr } = await run(job, flags, { input: numberLines(100) });
    assertEnds(stdout, stderr, 100, [2, 3]);
  },
);

testBothIsolations(row, "a run whose items all fail still ends", async ({ run }, isolate) => {
  const job = "export default (i) => { throw i; }";
  const { code, stdout, stderr } = await run(job, [isolate, "-j2", "--tasks=4"], { input: numberLines(500) });
  assertEquals(code, 1);
  assertEnds(stdout, stderr, 500, Array.from({ length: 500 }, (_, i) => i + 1));
});

testBothIsolations(
  row,
  "slots that cannot live are not started for ever: no storm, and what the cause is",
  async (scene, isolate) => {
    const { run, desk, grants } = scene;
    const job = `${desk.code} ${doom}
    note("start");
    export default () => new Promise(() => doom.resolve());`;
    const flags = [isolate, "-j2", "--tasks=1", ...grants];
    const { code, stderr } = await run(job, flags, { input: numberLines(1_000) });
    assertEquals(code, 5, stderr);
    assert(desk.notes().length <= 20, `${desk.notes().length} starts`);
    assert(/^stopped: 0 ok.*\n.*keep crashing.*broken for good/m.test(stderr), stderr);
  },
);

testBothIsolations(row, "many items under one signal: no warning of leaked listeners", async ({ run }, isolate) => {
  const job = `export default (i, { signal }) => { signal.addEventListener("abort", () => {}); return i; }`;
  const { stdout, stderr } = await run(job, [isolate, "-j1", "--tasks=8", "-q"], { input: numberLines(5_000) });
  assertEquals([stdout === numberLines(5_000), stderr], [true, ""]);
});
