import { assertEquals } from "@std/assert";
import { numberLines, testFault, unix } from "./fault.ts";

const job = `
  import { ftruncateSync, writeSync } from "node:fs";
  import process from "node:process";
  export default (i) => {
    writeSync(1, "straight to 1\\n");
    process.stdout.write("by process.stdout\\n");
    try { ftruncateSync(1); } catch { /* a pipe */ }
    console.log("by console");
    return i;
  }`;

testFault("job writes to fd 1", "process isolation: it goes to stderr, results are unharmed", async ({ run }) => {
  const input = numberLines(500);
  const { code, stdout, stderr } = await run(job, ["--isolate=process", "-j2"], { input });
  assertEquals([code, stdout === input], [0, true], stderr.slice(0, 1_000));
  for (const said of ["straight to 1", "by process.stdout", "by console"]) {
    assertEquals(stderr.split(`${said}\n`).length - 1, 500, said);
  }
}, !unix);
