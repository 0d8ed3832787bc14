import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { run, spawn, testEach } from "./programs.ts";

const jobs = `${import.meta.dirname}/../fixtures/jobs`;
const echo = `${jobs}/echo.js`;
const million = new TextEncoder().encode(Array.from({ length: 1e6 }, (_, i) => `${i}\n`).join(""));

function* endless(): Generator<Uint8Array<ArrayBuffer>> {
  const part = new TextEncoder().encode("1\n".repeat(10_000));
  while (true) yield part;
}

testEach("run: a million lines come back in order", async (program) => {
  const { code, stdout } = await run(program, ["run", echo, "-j2", "-q"], { input: million });
  assertEquals(code, 0);
  assert(stdout === new TextDecoder().decode(million), "they differ");
});

testEach("run: a reader that goes away ends it with 0, whatever the input", async (program) => {
  const running = spawn(program, ["run", echo, "-j2"], { input: endless() });
  assertEquals(await running.lines(1), ["1"]);
  await running.closeStdout();
  const { code, stderr } = await running.ended();
  assertEquals([code, stderr], [0, ""]);
});

testEach("run: a reader that waits stops the input", async (program) => {
  let parts = 0;
  function* counted() {
    for (const part of endless()) {
      parts++;
      yield part;
    }
  }
  const running = spawn(program, ["run", echo, "-j2"], { input: counted() });
  await running.lines(1);
  let before = -1; // when no part was taken between two looks, all buffers are full
  while (before !== parts) {
    before = parts;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert(parts * 20_000 < 100 * 1024 * 1024, `${parts} parts were taken`);
  await running.closeStdout();
  assertEquals((await running.ended()).code, 0);
});

testEach("run: a full disk is exit 3 and one message", async (program) => {
  const wrap = (command: readonly string[]) => ["sh", "-c", '"$@" > /dev/full', "sh", ...command];
  const { code, stderr } = await run(program, ["run", echo, "-q"], { input: million, wrap });
  assertEquals([code, stderr.trim().split("\n").length], [3, 1], stderr);
  assertStringIncludes(stderr, "cannot write to stdout");
}, Deno.build.os !== "linux");

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

testEach("run: a job's path may hold spaces, # and %, and letters of any kind", async (program) => {
  const folder = await Deno.makeTempDir({ prefix: "a #1 100% é " });
  try {
    await Deno.writeTextFile(
      `${folder}/the job #2 50%25.js`,
      'import { two } from "./two.js"; export default (n) => n * two;',
    );
    await Deno.writeTextFile(`${folder}/two.js`, "export const two = 2;");
    const { code, stdout, stderr } = await run(program, ["run", `${folder}/the job #2 50%25.js`, "-q"], {
      input: "4\n",
    });
    assertEquals([code, stdout], [0, "8\n"], stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

if (Deno.build.os !== "windows") {
  testEach("run: Ctrl-C writes what has ended and exits 130", async (program) => {
    const input = '{"value":1}\n{"value":2}\n' + '{"wait":60000}\n'.repeat(10);
    const running = spawn(program, ["run", `${jobs}/records.js`, "-j2", "--tasks=2"], { input });
    assertEquals(await running.lines(2), ["1", "2"]);
    running.kill("SIGINT");
    const { code, stdout, stderr } = await running.ended();
    assertEquals([code, stdout], [130, ""], stderr);
    assertStringIncludes(stderr, "stopped: 2 ok, 0 failed");
  });
}
