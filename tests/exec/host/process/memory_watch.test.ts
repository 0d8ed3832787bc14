import { assertEquals } from "@std/assert";
import { watchMemory } from "../../../../lib/exec/host/process/memory_watch.ts";

Deno.test("memory watch: says so once when the process uses more than its limit, and then looks no more", async () => {
  const readings = [90, 100, 101, 102];
  const rssBytes = () => readings.shift() ?? NaN;
  assertEquals(await new Promise((resolve) => watchMemory(rssBytes, 100, resolve)), 101);
  assertEquals(readings, [102]); // Deno's test runner sees a timer that is left
});
