import { assertEquals } from "@std/assert";
import { engines } from "../../../lib/cli/engine/command.ts";
import { run, testEach } from "../programs.ts";
import { printed } from "./machine.ts";

const sharded = ["job.ts", "items", "--shards=2"];

testEach("engine: the program prints what each engine takes", async (program) => {
  for (const engine of engines) {
    const { code, stdout, stderr } = await run(program, ["engine", engine, ...sharded]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(stdout, await printed(engine, ...sharded));
  }
});
