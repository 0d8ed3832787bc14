import { assertEquals } from "@std/assert";
import { virtualClock } from "../../virtual_clock.ts";
import { call } from "../in_process.ts";

Deno.test("scale: stopped while it starts, it measures nothing, and its document says what was asked for", async () => {
  const stop = new AbortController();
  const { code, stdout, stderr } = await call(["scale", "--json", "--up-to=50", "--max-memory=1MiB"], {
    stop: stop.signal,
    clock: virtualClock(),
    stderrStyle: { terminal: true },
    onWrite: ({ stderr }) => stderr.includes("starting") && stop.abort(),
  });
  const { command, options, result } = JSON.parse(stdout);
  assertEquals([code, command, options.upTo, options.maxMemory], [0, "scale", 50, 2 ** 20]);
  assertEquals(result.rungs, []);
  const painted = stderr.split("\r\x1b[K"); // each painting, and in the end nothing
  assertEquals([painted.length, painted[0], painted.at(-1)], [3, "", ""]);
});
