import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Running } from "../cli/programs.ts";
import { type Scene, testBothIsolations, testFault, unix } from "./fault.ts";
import { gone, group } from "./process.ts";

const row = "SIGINT, SIGTERM; a second one";
const promisedMs = 2_000;

/** What a job may be doing: each notes when it does. The first two lines have results; nothing else ends. */
const doing: Readonly<Record<string, string>> = {
  waits: "await new Promise(() => {});",
  "ignores its signal in a busy loop": "while (true);",
  "is blocked": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
};

const ownGroup = (command: readonly string[]) => ["setsid", ...command];

/** A run whose first two results are there, and whose other slot is busy with `code`. */
async function middle({ spawn, desk, grants }: Scene, code: string, flags: readonly string[]): Promise<Running> {
  const job = `${desk.code}
    export default async (i) => {
      if (i < 3) return i;
      note(Deno.pid);
      ${code}
    }`;
  const running = spawn(job, ["-j2", "--tasks=2", ...flags, ...grants], {
    input: "1\n2\n3\n4\n5\n6\n",
    wrap: ownGroup,
  });
  assertEquals(await running.lines(2), ["1", "2"]);
  await desk.noted();
  return running;
}

/** Nothing of its process group is left. */
async function assertNoneLeft({ pid }: Running, { desk }: Scene): Promise<void> {
  await gone(desk.notes().map(Number), promisedMs);
  assertEquals(await group(pid), []);
}

if (unix) {
  for (const [what, code] of Object.entries(doing)) {
    for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      testBothIsolations(
        row,
        `${signal} while a job ${what}: results are out, a summary, ${expected} within 2 s, no process left`,
        async (scene, isolate) => {
          const running = await middle(scene, code, [isolate]);
          const sentAt = performance.now();
          running.kill(signal);
          const { code: exit, stdout, stderr } = await running.ended();
          assertEquals([exit, stdout], [expected, ""], stderr);
          assert(performance.now() - sentAt < promisedMs, `it took ${performance.now() - sentAt} ms`);
          assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
          await assertNoneLeft(running, scene);
        },
      );
    }

    testFault(row, `Ctrl-C for the whole group while a job ${what}: as for one, no process left`, async (scene) => {
      const running = await middle(scene, code, ["--isolate=process"]);
      Deno.kill(-running.pid, "SIGINT");
      const { code: exit, stdout, stderr } = await running.ended();
      assertEquals([exit, stdout], [130, ""], stderr);
      assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
      await assertNoneLeft(running, scene);
    });
  }

  testBothIsolations(row, "a second one ends it at once", async (scene, isolate) => {
    const slow = `await new Promise(() => {}); } export async function teardown() { await new Promise(() => {});`;
    const running = await middle(scene, slow, [isolate]);
    running.kill("SIGTERM");
    running.kill("SIGINT");
    const { code } = await running.ended();
    assert(code === 130 || code === 143, `${code}`); // both may have come before it looked
    await assertNoneLeft(running, scene);
  });

  testBothIsolations(row, "two for the whole group, a busy job: no process left", async (scene, isolate) => {
    const running = await middle(scene, "while (true);", [isolate]);
    for (let i = 0; i < 2; i++) Deno.kill(-running.pid, "SIGINT");
    assertEquals((await running.ended()).code, 130);
    await assertNoneLeft(running, scene);
  });

  testBothIsolations(row, "SIGHUP, the terminal is gone: as the others, 129", async (scene, isolate) => {
    const running = await middle(scene, "await new Promise(() => {});", [isolate]);
    Deno.kill(-running.pid, "SIGHUP");
    const { code, stderr } = await running.ended();
    assertEquals(code, 129, stderr);
    assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
    await assertNoneLeft(running, scene);
  });

  testBothIsolations(row, "SIGHUP under nohup: it goes on", async ({ spawn, desk, grants }, isolate) => {
    const job = `${desk.code} export default async (i) => { if (i === 2) await tell("here"); return i; }`;
    const wrap = (command: readonly string[]) => ["setsid", "nohup", ...command];
    const running = spawn(job, ["-j1", isolate, ...grants], { input: "1\n2\n3\n", wrap });
    const visit = await desk.next();
    Deno.kill(-running.pid, "SIGHUP");
    visit.goOn();
    const { code, stdout, stderr } = await running.ended();
    assertEquals([code, stdout], [0, "1\n2\n3\n"], stderr);
  });

  testBothIsolations(
    "job installs a signal listener",
    "it cannot stop Ctrl-C",
    async (scene, isolate) => {
      const listens = `
        for (const name of ["SIGINT", "SIGTERM"]) {
          try { Deno.addSignalListener(name, () => {}); } catch { /* refused: as well */ }
          try { (await import("node:process")).on(name, () => {}); } catch { /* refused: as well */ }
        }
        note("listening");
        await new Promise(() => {});`;
      const running = await middle(scene, listens, [isolate]);
      while (!scene.desk.notes().includes("listening")) await new Promise((resolve) => setTimeout(resolve, 5));
      Deno.kill(-running.pid, "SIGINT");
      const { code, stderr } = await running.ended();
      assertEquals(code, 130, stderr);
      assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
      assertEquals(await group(running.pid), []);
    },
  );
}
