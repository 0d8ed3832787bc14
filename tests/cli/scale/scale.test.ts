import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import { taskKinds } from "../../../lib/model/scale.ts";
import { run, spawn, testEach } from "../programs.ts";

testEach("scale: a row for each kind and rung, what a thread costs, and a forecast", async (program) => {
  const args = ["scale", "--up-to=100", "--max-memory=80MiB", "--max-time=50s"];
  const { code, stdout, stderr } = await run(program, args, { env: { LANG: "C.UTF-8", COLUMNS: "100" } });
  assertEquals([code, stderr], [0, ""]);
  for (const kind of taskKinds) assertMatch(stdout, new RegExp(`^ +(100)? +${kind} .*[mµ]s$`, "m"));
  assertMatch(stdout, /^ +1 +thread +█+.? +[\d.]+ MiB/m);
  assertMatch(stdout, /^ +thread +✘ stopped at \d+: would pass 80\.0 MiB \(--max-memory\)$/m);
  assertMatch(stdout, /^Cost of one: .*thread [\d.]+ MiB \(R² [\d.]+\)/m);
  assertMatch(stdout, /^Forecast: [\d,]+ threads until /m);
});

testEach("scale --json: rungs of the kinds that were asked for", async (program) => {
  const { code, stdout, stderr } = await run(program, ["scale", "--kinds=thread,generator", "--up-to=5", "--json"]);
  assertEquals([code, stderr], [0, ""]);
  const { command, seed, result: { rungs, threadsEnd } }: Document<"scale"> = JSON.parse(stdout);
  assertEquals([command, seed], ["scale", null]);
  assertEquals(rungs.map(({ kind, alive, reached, stoppedBy }) => [kind, alive, reached, stoppedBy]), [
    ["thread", 1, 1, null],
    ["thread", 2, 2, null],
    ["thread", 3, 3, null],
    ["generator", 5, 5, null],
    ["thread", 5, 5, null],
  ]);
  assert(rungs.every(({ totalBytes, startMs }) => totalBytes !== null && startMs !== null));
  assertEquals(threadsEnd?.threads, 5);
});

testEach("scale: what is wrong with its flags", async (program) => {
  const { code, stderr } = await run(program, ["scale", "--kinds=promise,fibers"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "generator, promise, wheel, timer, delay, fetch, thread");
});

testEach("scale: SIGINT ends it, and its child", async (program) => {
  const args = ["scale", "--kinds=thread", "--json", "--max-time=50s"];
  const running = spawn(program, args);
  const child = await childOf(running.pid);
  running.kill("SIGINT");
  const { code, stdout } = await running.ended();
  assertEquals(code, 130);
  const { result }: Document<"scale"> = JSON.parse(stdout);
  assertEquals(result.rungs.at(-1)?.stoppedBy, "interrupted");
  assertEquals(await isRunning(child), false);
}, Deno.build.os !== "linux");

/** The process that a process has started, as soon as there is one. */
async function childOf(pid: number): Promise<string> {
  while (true) {
    const { stdout } = await new Deno.Command("ps", { args: ["--ppid", String(pid), "-o", "pid="] }).output();
    const [child] = new TextDecoder().decode(stdout).trim().split("\n");
    if (child !== "") return child.trim();
  }
}

async function isRunning(pid: string): Promise<boolean> {
  return (await new Deno.Command("kill", { args: ["-0", pid], stderr: "null" }).output()).success;
}
