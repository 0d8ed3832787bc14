import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertEndedBy, type Running } from "../cli/programs.ts";
import { handed, linux, numberLines, type Scene, testBothIsolations, testFault, unix } from "./fault.ts";
import { busyMachine, gone, group } from "./process.ts";

const row = "SIGINT, SIGTERM; a second one";
const promisedMs = 2_000;

/** What a job may be doing. */
const waits = "await new Promise(() => {});";
const listens = 'await new Promise((resolve) => signal.addEventListener("abort", resolve));';
const spins = "while (true);"; // and so never sees its signal
const blocks = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";

const ownGroup = (command: readonly string[]) => ["setsid", ...command];

/** A run whose first two results are there, and which then does each of these in a slot of its own, without an end. */
async function middle({ spawn, desk, grants }: Scene, flags: readonly string[], ...acts: string[]): Promise<Running> {
  const job = `${desk.code}
    const acts = [${acts.map((code) => `async (signal) => { ${code} }`)}];
    export default async (i, { signal }) => {
      if (i < 3) return i;
      note(Deno.pid);
      await acts[i - 3](signal);
    }`;
  const written = Promise.withResolvers<void>(); // a result just before an item that blocks its thread waits for that
  const input = handed("1\n2\n", written.promise, acts.map((_, i) => `${i + 3}\n`).join(""));
  const running = spawn(job, [`-j${acts.length}`, "--tasks=1", ...flags, ...grants], { input, wrap: ownGroup });
  assertEquals(await running.lines(2), ["1", "2"]);
  written.resolve();
  while (desk.notes().length < acts.length) await pause();
  return running;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** A signal for a process, or a group, that may have ended. */
function tryKill(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    const over = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied; // macOS says the latter
    if (!over) throw error;
  }
}

/** Nothing of its process group is left. */
async function assertNoneLeft({ pid }: Running, { desk }: Scene): Promise<void> {
  await gone(desk.notes().map(Number), promisedMs);
  assertEquals(await group(pid), []);
}

if (unix) {
  for (const [signal, expected, whole] of [["SIGINT", 130, true], ["SIGTERM", 143, false]] as const) {
    testBothIsolations(
      row,
      `${signal}: results are out, a summary, ${expected} within 2 s, no process left`,
      async (scene, isolate) => {
        const running = await middle(scene, [isolate], waits, spins, blocks);
        const sentAt = performance.now();
        Deno.kill(whole ? -running.pid : running.pid, signal); // a terminal sends Ctrl-C to all
        const ended = await running.ended();
        const { stdout, stderr } = ended;
        assertEndedBy(signal, ended, scene.program);
        assertEquals(stdout, "", stderr);
        const tookMs = performance.now() - sentAt;
        assert(tookMs < promisedMs, `it took ${tookMs} ms`);
        assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
        await assertNoneLeft(running, scene);
      },
    );
  }

  testFault(row, "a reader that waits does not hold it up", async ({ spawn }) => {
    const job = "export default () => 'x'.repeat(1_000_000)";
    const running = spawn(job, ["-j1"], { input: numberLines(1_000), wrap: ownGroup });
    await running.part(); // and then no more, until it has ended
    const sentAt = performance.now();
    running.kill("SIGINT");
    await gone([running.pid], promisedMs);
    assert(performance.now() - sentAt < promisedMs, "it took too long");
    assertEquals((await running.ended()).code, 130);
  }, !linux);

  testBothIsolations(row, "a second one ends it at once, without a summary", async (scene, isolate) => {
    const told = `signal.addEventListener("abort", () => note("aborted")); ${waits}`;
    const running = await middle(scene, [isolate], told);
    const sentAt = performance.now();
    running.kill("SIGTERM");
    while (!scene.desk.notes().includes("aborted")) await pause();
    running.kill("SIGINT");
    const late = performance.now() - sentAt > 800; // its items are given a second
    const { code, stderr } = await running.ended();
    assert(late || code === 130 && !stderr.includes("stopped:"), `${code}: ${stderr}`);
    assertEquals(await group(running.pid), []);
  });

  testBothIsolations(
    row,
    "again and again for the whole group, a busy job: no process left",
    async (scene, isolate) => {
      const running = await middle(scene, [isolate], spins);
      let over = false;
      const end = running.ended().finally(() => over = true);
      const sentAt = performance.now();
      while (!over) { // one within 100 ms of the first is not a second one
        tryKill(-running.pid, "SIGINT");
        await pause();
      }
      const { code, stderr } = await end;
      const late = performance.now() - sentAt > 800; // its items are given a second
      assert(late || code === 130 && !stderr.includes("stopped:"), `${code}: ${stderr}`);
      await assertNoneLeft(running, scene);
    },
  );

  testBothIsolations(row, "the same one twice at once: an orderly end, with a summary", async (scene, isolate) => {
    const running = await middle(scene, [isolate], waits);
    for (let i = 0; i < 2; i++) Deno.kill(-running.pid, "SIGINT");
    const ended = await running.ended();
    assertEndedBy("SIGINT", ended, scene.program);
    assertStringIncludes(ended.stderr, "stopped: 2 ok, 0 failed");
    await assertNoneLeft(running, scene);
  });

  for (const signals of [["SIGINT", "SIGTERM"], ["SIGTERM", "SIGHUP"], ["SIGKILL"]] as const) {
    testFault(row, `${signals.join(", ")} while a process starts: no temporary folder stays`, async (scene) => {
      const temporary = `${scene.folder}/tmp`;
      Deno.mkdirSync(temporary);
      // An executable keeps V8's code cache beside ours, and copies of our modules, which stay where it is killed.
      const isOurs = ({ name }: Deno.DirEntry) => name.startsWith("tandem_") && !exists(`${temporary}/${name}/workers`);
      const filled = () => [...Deno.readDirSync(temporary)].some(isOurs);
      const late = `#!/bin/sh
code=$(cat)
: > '${scene.folder}/starting'
while [ ! -e '${scene.folder}/go' ]; do sleep 0.01; done
printf %s "$code" | '${Deno.execPath()}' "$@"
`;
      Deno.writeTextFileSync(`${scene.folder}/late`, late, { mode: 0o755 });
      const flags = ["--isolate=process", "-j1", `--deno=${scene.folder}/late`];
      const running = scene.spawn("export default (i) => i;", flags, { input: "1\n", env: { TMPDIR: temporary } });
      let over = false;
      const end = running.ended().finally(() => over = true);
      while (!exists(`${scene.folder}/starting`)) {
        if (over) throw new Error(`it has ended: ${(await end).stderr}`);
        await pause();
      }
      assert(filled(), "its socket is elsewhere");
      for (const signal of signals) running.kill(signal);
      await gone([running.pid], promisedMs);
      Deno.writeTextFileSync(`${scene.folder}/go`, ""); // what was starting has our stderr, too
      await end;
      const deadline = performance.now() + promisedMs * busyMachine;
      while (filled()) { // the process has started, and finds nobody
        assert(performance.now() < deadline, "a folder is still there");
        await pause();
      }
    }, !linux);
  }

  testFault(row, "SIGHUP, the terminal is gone: as the others, 129", async (scene) => {
    const running = await middle(scene, ["--isolate=process"], listens);
    Deno.kill(-running.pid, "SIGHUP");
    const ended = await running.ended();
    assertEndedBy("SIGHUP", ended, scene.program);
    assertStringIncludes(ended.stderr, "stopped: ");
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
      const installs = `
        for (const name of ["SIGINT", "SIGTERM"]) {
          try { Deno.addSignalListener(name, () => {}); } catch { /* refused: as well */ }
          try { (await import("node:process")).on(name, () => {}); } catch { /* refused: as well */ }
        }
        note("listening");
        ${listens}`;
      const running = await middle(scene, [isolate], installs);
      while (!scene.desk.notes().includes("listening")) await pause();
      Deno.kill(-running.pid, "SIGINT");
      const { code, stderr } = await running.ended();
      assertEquals(code, 130, stderr);
      assertStringIncludes(stderr, "stopped: ");
      assertEquals(await group(running.pid), []);
    },
  );
}
