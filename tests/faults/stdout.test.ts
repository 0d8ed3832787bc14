import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "../cli/programs.ts";
import { inShell, linux, numberLines, testBothIsolations, testFault, unix } from "./fault.ts";
import { peakMebibytes } from "./process.ts";

const echo = "export default (i) => i";
const part = new TextEncoder().encode("1\n".repeat(10_000));
const maxMebibytes = 250;

function* endless(): Generator<Uint8Array<ArrayBuffer>> {
  while (true) yield part;
}

testBothIsolations(
  "closed stdout",
  "an endless input: it ends with 0 within 1 s, silently",
  async ({ spawn }, isolate) => {
    const running = spawn(echo, ["-j2", isolate], { input: endless() });
    assertEquals(await running.lines(1), ["1"]);
    const closedAt = performance.now();
    await running.closeStdout();
    const { code, stderr } = await running.ended();
    assertEquals([code, stderr], [0, ""]);
    assert(performance.now() - closedAt < 1_000, "it took too long");
  },
);

testFault("closed stdout", "while all items wait: it ends at the next result", async ({ spawn, desk, grants }) => {
  const job = `${desk.code}
    let calls = 0;
    export default async (i) => {
      if (++calls === 2) await tell("here");
      return i;
    }`;
  const running = spawn(job, ["-j1", "--tasks=1", ...grants], { input: endless() });
  assertEquals(await running.lines(1), ["1"]);
  const visit = await desk.next();
  await running.closeStdout();
  visit.goOn();
  const { code, stderr } = await running.ended();
  assertEquals([code, stderr], [0, ""]);
});

testBothIsolations("full disk", "exit 3 and one message, whatever the input", async ({ run }, isolate) => {
  const wrap = inShell('exec "$@" > /dev/full');
  const { code, stderr } = await run(echo, ["-q", isolate], { input: endless(), wrap });
  assertEquals([code, stderr.trim().split("\n").length], [3, 1], stderr);
  assertStringIncludes(stderr, "cannot write to stdout");
}, !linux);

testFault(
  "full disk",
  "a summary that cannot be written: one message, and exit 2 if that is seen before",
  async (scene) => {
    const { code, stdout, stderr } = await scene.run(echo, ["-q", "--export-json", "/dev/full"], { input: "1\n" });
    const seenBefore = scene.program.name !== "dist/tandem"; // Deno 2.9 protects files in /dev, the base of the executable does not
    const expected = seenBefore ? [2, "", 1] : [3, "1\n", 1];
    assertEquals([code, stdout, stderr.trim().split("\n").length], expected, stderr);
    assertStringIncludes(stderr, "/dev/full");
  },
  !linux,
);

/** No file may have more than some kilobytes: a write behind that fails, as on a full disk. */
const smallFiles = inShell("trap '' XFSZ; ulimit -f 40; exec \"$@\"");

testBothIsolations("full disk", "a trace ends, the results do not: one message, exit 3", async (scene, isolate) => {
  const trace = `${scene.folder}/trace.json`;
  const input = numberLines(5_000);
  const flags = ["-j2", isolate, "-q", "--trace", trace];
  const { code, stdout, stderr } = await scene.run(echo, flags, { input, wrap: smallFiles });
  assertEquals([code, stdout], [3, input]);
  assertEquals(stderr, `! cannot write to ${trace}: File too large; choose another place; the run has no trace\n`);
  assertEquals([...Deno.readDirSync(scene.folder)].map(({ name }) => name), ["job.js"]);
}, !unix);

testFault("full disk", "a comparison is shown without its trace: one message, exit 3", async (scene) => {
  const trace = `${scene.folder}/trace.json`;
  const few = ["--rounds=2", "--threads=2", "--tasks=4", "--max-time=20s", "-q", "--json"];
  const args = ["compare", scene.write("export default (i) => i"), ...few, "--items", "-", "--trace", trace];
  const { code, stdout, stderr } = await run(scene.program, args, { input: numberLines(500), wrap: smallFiles });
  assertEquals([code, JSON.parse(stdout).result.modes.length], [3, 4]);
  assertEquals(stderr, `tandem: cannot write to ${trace}: File too large; choose another place\n`);
  assertEquals([...Deno.readDirSync(scene.folder)].map(({ name }) => name), ["job.js"]);
}, !unix);

testBothIsolations(
  "slow reader",
  "one that waits stops the input, and memory stays flat",
  async ({ spawn }, isolate) => {
    let parts = 0;
    function* counted() {
      for (const part of endless()) {
        parts++;
        yield part;
      }
    }
    const running = spawn(echo, ["-j2", isolate], { input: counted() });
    await running.lines(1);
    let before = -1; // when no part was taken between two looks, all buffers are full
    while (before !== parts) {
      before = parts;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert(parts * part.length < 100 * 1024 * 1024, `${parts} parts were taken`);
    if (linux) assert(await peakMebibytes(running.pid) < maxMebibytes);
    await running.lines(200_000);
    if (linux) assert(await peakMebibytes(running.pid) < maxMebibytes);
    await running.closeStdout();
    assertEquals((await running.ended()).code, 0);
  },
);
