import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../lib/errors.ts";
import type { Pressure } from "../../../lib/machine_pressure.ts";
import { call } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

const job = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;
const free = { load: 0.1, freeBytes: 2 ** 40 };

/** What a machine tells that is pressed like this, one after the other; from then on it is free. */
function pressed(...pressures: readonly Pressure[]) {
  const left = [free, ...pressures]; // the first one is only looked at for what the system tells
  return { read: () => left.shift() ?? free, [Symbol.dispose]: () => {} };
}

Deno.test("run --load: a run that is held from its start says once why, and goes on when the machine is free", async () => {
  const pressure = pressed({ ...free, load: 0.95 });
  for (const width of [["-j1"], []]) {
    const { code, stdout, stderr } = await call(["run", job, "--load=80%", ...width], { stdin: "1\n2\n3\n", pressure });
    assertEquals([code, stdout], [0, "1\n2\n3\n"]);
    const said = stderr.split("\n").filter((line) => line.startsWith("! nothing starts for now"));
    assertEquals(said.length, width.length, stderr); // the second run finds a machine that is free
    if (width.length > 0) assertStringIncludes(said[0], "because of --load 80%: the load of the machine is 95 %");
  }
});

Deno.test("run --mem-free: so does one for want of memory", async () => {
  const pressure = pressed({ ...free, freeBytes: 2 ** 29 });
  const { code, stdout, stderr } = await call(["run", job, "--mem-free=1GiB", "-q"], { stdin: "1\n", pressure });
  assertEquals([code, stdout], [0, "1\n"]);
  assertStringIncludes(stderr, "because of --mem-free 1GiB: only 512 MiB of memory is free");
});

Deno.test("run --load, --mem-free: a system that does not tell it is named before anything runs", async () => {
  const untold = { read: () => ({ load: undefined, freeBytes: undefined }), [Symbol.dispose]: () => {} };
  const refused = async (flag: string) =>
    (await assertRejects(() => call(["run", job, flag], { stdin: "1\n", pressure: untold }), UsageError)).message;
  assertEquals(await refused("--load=80%"), "--load: this system does not tell how loaded it is; leave it out");
  assertStringIncludes(await refused("--mem-free=1GiB"), "this system does not tell how much memory is free");
});

testEach("run --load --mem-free: reads the machine although it has given up its permissions", async (program) => {
  const args = ["run", job, "-j2", "--load=100%", "--mem-free=1MiB"];
  const { code, stdout, stderr } = await run(program, args, { input: "1\n2\n" });
  assertEquals([code, stdout], [0, "1\n2\n"], stderr);
  assert(!stderr.includes("!"), stderr);
});
