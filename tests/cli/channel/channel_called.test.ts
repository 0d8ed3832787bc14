import { assertEquals } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import { virtualThreads } from "../../streams/virtual_thread.ts";
import { call } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

/** Runs the command on virtual time; no wait and no thread may be left. */
async function channel(args: readonly string[], surroundings: TestSurroundings = {}) {
  using threads = virtualThreads();
  const called = await call(["channel", ...args], { clock: threads.clock, ...surroundings });
  assertEquals(threads.clock.open(), 0);
  return called;
}

Deno.test("channel: the values in order, one a line; a terminal shows when, unless it is --plain", async () => {
  assertEquals(await channel([]), { code: 0, stdout: "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", stderr: "" });
  const style = { terminal: true };
  const { stdout } = await channel(["--count=3"], { style });
  assertEquals(stdout, "   0 ms  1\n1000 ms  2\n2000 ms  3\n");
  assertEquals((await channel(["--count=3", "--plain"], { style })).stdout, "1\n2\n3\n");
});

Deno.test("channel: progress on stderr where the values go elsewhere", async () => {
  const { stderr } = await channel(["--count=2", "--every=290ms"], { stderrStyle: { terminal: true } });
  assertEquals(stderr.split("\r\x1b[K"), [
    "",
    "⠹ 1/2 items  ████████████░░░░░░░░░░░░  50 %  ETA 1 s",
    "⠼ 2/2 items  ████████████████████████  100 %  ETA 0 s",
    "",
  ]);
  const json = await channel(["--count=1", "--every=300ms", "--json"], { style: { terminal: true } });
  assertEquals(json.stderr.split("\r\x1b[K").length, 3);
  assertEquals((await channel(["--count=1", "--every=300ms"], { style: { terminal: true } })).stderr, "");
});

Deno.test("channel --json: values and moments; it ends after the thread's last sleep", async () => {
  const { code, stdout, stderr } = await channel(["--count", "3", "--every", "50ms", "--json"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  const { command, elapsedMs, result }: Document<"channel"> = JSON.parse(stdout);
  assertEquals([command, elapsedMs], ["channel", 150]);
  assertEquals(result.items, [{ atMs: 0, value: 1 }, { atMs: 50, value: 2 }, { atMs: 100, value: 3 }]);
});

Deno.test("channel: stopped, it closes the channel and waits for the thread", async () => {
  const stop = new AbortController();
  const onWrite = ({ stdout }: { stdout: string }) => stdout.includes("2") && stop.abort();
  assertEquals((await channel(["--every=1h"], { stop: stop.signal, onWrite })).stdout, "1\n2\n");
});

Deno.test("channel: stopped before it begins, it shows nothing and leaves no thread", async () => {
  for (const flags of [[], ["--json"]]) {
    const { stdout } = await channel(["--every=1h", ...flags], { stop: AbortSignal.abort() });
    if (flags.length === 0) assertEquals(stdout, "");
    else assertEquals((JSON.parse(stdout) as Document<"channel">).result.items, []);
  }
});
