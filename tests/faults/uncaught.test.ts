import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { errorRecords, handed, numberLines, testBothIsolations } from "./fault.ts";

const row = "uncaught error or rejection later";

/** Ways to fail when nobody waits for it. */
const uncaught = {
  throw: 'setTimeout(() => { throw new Error("too late"); })',
  reject: 'Promise.reject(new Error("too late"))',
};

for (const [way, code] of Object.entries(uncaught)) {
  testBothIsolations(
    row,
    `${way}: the item fails, at most those beside it too, the rest is right, each has one end`,
    async ({ run, desk, grants }, isolate) => {
      const job = `${desk.code}
        export default async (i) => {
          note("" + i);
          if (i <= 3) await tell("here");
          if (i === 2) {
            ${code};
            await new Promise(() => {});
          }
          return i;
        }`;
      const ended = run(job, [isolate, "-j1", "--tasks=3", "--tag", ...grants], { input: numberLines(300) });
      const visits = [await desk.next(), await desk.next(), await desk.next()]; // all three have started
      visits.find(({ text }) => text === "here")?.goOn();
      for (const { goOn } of visits) goOn();
      const { code: exit, stdout, stderr } = await ended;
      assertEquals(exit, 1, stderr);
      const records = errorRecords(stderr);
      const failed = records.map(({ line }) => line);
      assert(failed.includes(2) && failed.every((line) => line <= 3), stderr);
      assertStringIncludes(records.find(({ line }) => line === 2)?.error.message ?? "", "too late");
      const done = stdout.trim().split("\n").map((line) => JSON.parse(line).line as number);
      assertEquals([...failed, ...done].toSorted((a, b) => a - b), Array.from({ length: 300 }, (_, i) => i + 1));
      assertEquals(desk.notes().length, 300, "none ran twice");
    },
  );

  testBothIsolations(row, `${way} after the item's end: a warning on stderr, no item fails`, async (scene, isolate) => {
    const { spawn, desk, grants } = scene;
    const job = `${desk.code}
      export default (i) => {
        if (i === 1) tell("ended").then(() => { ${code}; });
        return i;
      }`;
    const failed = Promise.withResolvers<void>();
    const input = handed("1\n", failed.promise, "2\n");
    const running = spawn(job, [isolate, "-j1", "--tasks=1", ...grants], { input });
    assertEquals(await running.lines(1), ["1"]);
    (await desk.next()).goOn();
    await running.said(/failed|too late/);
    failed.resolve();
    const { code: exit, stdout, stderr } = await running.ended();
    assertEquals([exit, stdout], [0, "2\n"], stderr);
    assertMatch(stderr, /^! [^\n]*too late/m);
  });
}
