import { assertEquals, assertStringIncludes } from "@std/assert";
import { findRuntime } from "../../../lib/cli/job/foreign_runtime.ts";
import { programs, run } from "../programs.ts";

const job = "tests/fixtures/jobs/in_bun.ts";

/** A Bun at the path that TANDEM_BUN says, as `.ci/run` sets it, or on the PATH. */
const bun = Deno.env.get("TANDEM_BUN") ?? await findRuntime("bun").then(() => "bun", () => undefined);

for (const program of programs) {
  const test = (name: string, fn: (runtime: string) => Promise<void>) =>
    Deno.test({
      name: `${program.name}: run --runtime bun: ${name}${bun === undefined ? " (no bun here: npm install bun)" : ""}`,
      ignore: bun === undefined,
      fn: () => fn(bun === "bun" ? bun : `bun=${bun}`),
    });

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
