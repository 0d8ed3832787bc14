import { assert, assertEquals, assertMatch } from "@std/assert";
import { isExecutable } from "../cli/programs.ts";
import { errorRecords, handed, killItsProcess, numberLines, testFault, unix } from "./fault.ts";
import { gone } from "./process.ts";

const row = "out of memory";
const limit = "--memory=256MiB";

/** Ways to use all memory there is. */
const eating = {
  ArrayBuffers: "for (const kept = [];;) kept.push(new Uint8Array(8 * 1024 * 1024).fill(1));",
  objects: "for (const kept = [];;) kept.push(Array(100_000).fill({ a: kept.length }));",
};

for (const [what, code] of Object.entries(eating)) {
  testFault(row, `${what}, --memory: the culprit alone fails, those beside it are right`, async (scene) => {
    const { run, desk, grants } = scene;
    const job = `${desk.code}
      export default async (i) => {
        if (i > 3) return i;
        note(i + " " + Deno.pid);
        if (i === 2) {
          if (!isOpen()) await tell("here"); // the others have started
          ${code}
        }
        while (!isOpen()) await new Promise((resolve) => setTimeout(resolve, 5));
        return i;
      }`;
    const input = numberLines(40);
    const ended = run(job, [limit, "-j1", "--tasks=3", ...grants], { input });
    const visit = await desk.next();
    while (desk.notes().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    visit.goOn();
    const first = Number(desk.notes()[0].split(" ")[1]);
    await gone([first], 10_000);
    desk.open();
    const { code: exit, stdout, stderr } = await ended;
    assertEquals([exit, stdout], [1, input.replace("\n2\n", "\n")], stderr);
    const [record, ...more] = errorRecords(stderr);
    assertEquals([record.line, record.error.name, more], [2, "OutOfMemory", []]);
    assertMatch(record.error.message, /used \d+ MiB, the limit is 256 MiB/);
  }, !unix);
}

testFault(row, "--memory: a job that is within it is left alone", async ({ run }) => {
  const job = "export default (i) => new Uint8Array(16 * 1024 * 1024).fill(1).length";
  const { code, stdout, stderr } = await run(job, [limit, "-j1"], { input: "1\n2\n3\n" });
  assertEquals([code, stdout], [0, "16777216\n".repeat(3)], stderr);
});

testFault(row, "the process dies by itself: its item alone fails, those beside it run again", async (scene) => {
  const { run, desk, grants } = scene;
  const job = `${desk.code}
    let started = 0;
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    export default async (i) => {
      note(i + " " + Deno.pid);
      started++;
      if (i === 2) {
        while (started < 3 && !isOpen()) await turn();
        ${killItsProcess}
      }
      if (i < 4) while (!isOpen()) await turn();
      return i;
    }`;
  const input = numberLines(40);
  const flags = ["--isolate=process", "-j1", "--tasks=3", ...grants, "--allow-run"];
  const ended = run(job, flags, { input });
  await desk.noted();
  await gone([Number(desk.notes()[0].split(" ")[1])], 10_000);
  desk.open();
  const { code, stdout, stderr } = await ended;
  assertEquals([code, stdout], [1, input.replace("\n2\n", "\n")], stderr);
  assertEquals(errorRecords(stderr).map(({ line, error }) => [line, error.name]), [[2, "ProcessDied"]]);
  const twice = [1, 3].map((i) => desk.notes().filter((note) => note.startsWith(`${i} `)).length);
  assertEquals(twice, [2, 2]);
}, !unix);

testFault(row, "worker isolation: results that were written stay", async ({ program, spawn, desk, grants }) => {
  const job = `${desk.code} export default (i) => { if (i < 3) return i; ${eating.objects} }`;
  const small = (command: readonly string[]) => [
    command[0],
    command[1],
    "--v8-flags=--max-old-space-size=64",
    ...command.slice(2).filter((flag) => !flag.startsWith("--v8-flags")),
  ];
  const written = Promise.withResolvers<void>();
  const input = handed("1\n2\n", written.promise, "3\n");
  const running = spawn(job, ["--isolate=worker", "-j1", ...grants], { input, wrap: small });
  assertEquals(await running.lines(2), ["1", "2"]);
  written.resolve();
  const { code, stdout, stderr } = await running.ended();
  assert(code !== 0, program.name);
  assertEquals(stdout, "");
  assertMatch(stderr, /out of memory/i);
}, isExecutable); // its heap cannot be made small, and filling 4 GiB takes too long
