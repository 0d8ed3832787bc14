import { assertEquals, assertStringIncludes } from "@std/assert";
import { inShell, testBothIsolations, unix } from "./fault.ts";

testBothIsolations(
  "too many threads",
  "one message that names --threads and the limit, exit 2",
  async ({ run }, isolate) => {
    const start = { input: "1\n", wrap: inShell('ulimit -n 80; exec "$@"') };
    const { code, stdout, stderr } = await run("export default (i) => i", [isolate, "--threads=40"], start);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(
      stderr,
      "cannot be started: Too many open files; use fewer --threads, or raise the limits: ulimit -n",
    );
  },
  !unix,
);
