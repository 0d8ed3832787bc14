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

testEach("run: files one after the other, - is stdin, lines are counted through", async (program) => {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, "1\n2");
    const { code, stdout } = await run(program, ["run", echo, file, "-", file, "--tag", "-q"], { input: "3\n" });
    assertEquals(code, 0);
    const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.map(({ line, value }) => [line, value]), [[1, 1], [2, 2], [3, 3], [4, 1], [5, 2]]);
  } finally {
    await Deno.remove(file);
  }
});
