import { assertEquals, assertStringIncludes } from "@std/assert";
import { runtimeHere } from "../../runtimes_here.ts";
import { programs, run } from "../programs.ts";

const job = "tests/fixtures/jobs/in_bun.ts";

const bun = runtimeHere("bun", "run --runtime bun");

for (const program of bun === undefined ? [] : programs) {
  const test = (name: string, fn: (runtime: string) => Promise<void>) =>
    Deno.test(`${program.name}: run --runtime bun: ${name}`, () => fn(bun!.flag));

  test("TypeScript, records in order, an error, a time limit, what is printed", async (runtime) => {
    const flags = ["--allow-all", "-j2", "--tasks=2", "--timeout=1s"];
    const { code, stdout, stderr } = await run(program, ["run", job, "--runtime", runtime, ...flags], {
      input: "1\n2\n3\n4\n5\n",
    });
    const values = [1, 2, 5].map((item) => JSON.stringify([item % 2 === 0 ? "even" : "odd", "string"]) + "\n");
    assertEquals([code, stdout], [1, values.join("")]);
    const lines = stderr.split("\n");
    const errors = lines.filter((line) => line.startsWith('{"line":')).map((line) => JSON.parse(line));
    assertEquals(errors.map(({ line, error: { name } }) => [line, name]), [[3, "RangeError"], [4, "TimeoutError"]]);
    assertEquals(lines.filter((line) => /^item \d$/.test(line)).toSorted(), [1, 2, 3, 4, 5].map((n) => `item ${n}`));
  });

  test("it denies nothing, and so runs nothing that is not granted everything", async (runtime) => {
    const { code, stdout, stderr } = await run(program, ["run", job, "--runtime", runtime, "--allow-net"], {
      input: "1\n",
    });
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, "--allow-all");
  });
}
