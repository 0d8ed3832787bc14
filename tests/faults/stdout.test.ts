import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inShell, linux, testBothIsolations, testFault } from "./fault.ts";
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
