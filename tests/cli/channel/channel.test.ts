import { assertEquals } from "@std/assert";
import { run, testEach } from "../programs.ts";

testEach("channel: the values in order, one a line", async (program) => {
  const ended = await run(program, ["channel", "--count", "3", "--every", "50ms"]);
  assertEquals(ended, { code: 0, signal: null, stdout: "1\n2\n3\n", stderr: "" });
});
