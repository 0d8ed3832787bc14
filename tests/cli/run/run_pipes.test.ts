import { assert, assertEquals } from "@std/assert";
import { run, testEach } from "../programs.ts";

const jobs = `${import.meta.dirname}/../../fixtures/jobs`;
const echo = `${jobs}/echo.js`;
const million = new TextEncoder().encode(Array.from({ length: 1e6 }, (_, i) => `${i}\n`).join(""));

testEach("run: a million lines come back in order", async (program) => {
  const { code, stdout } = await run(program, ["run", echo, "-j2", "-q"], { input: million });
  assertEquals(code, 0);
  assert(stdout === new TextDecoder().decode(million), "they differ");
});

testEach("run: what a job prints goes to stderr", async (program) => {
  const flags = ["run", `${jobs}/records.js`, "-q"];
  const { code, stdout, stderr } = await run(program, flags, { input: '{"log":"hello","value":1}\n' });
  assertEquals([code, stdout], [0, "1\n"]);
  assertEquals(stderr.match(/hello/g)?.length, 3);
});
