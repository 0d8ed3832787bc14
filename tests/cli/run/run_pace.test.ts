import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startLog } from "../../loopback.ts";
import { run, testEach } from "../programs.ts";

const job = `${import.meta.dirname}/../../fixtures/jobs/fetch_status.js`;

testEach("run --rate: requests are spaced, also at the start, in threads and in processes", async (program) => {
  for (const isolate of ["worker", "process"]) {
    const server = startLog();
    try {
      const input = `"${server.url}"\n`.repeat(40);
      const args = ["run", job, "-j2", "--tasks=8", "--rate=40/s", `--isolate=${isolate}`, "--allow-net=127.0.0.1"];
      const { code, stdout, stderr } = await run(program, args, { input });
      assertEquals([code, stdout], [0, '"ok"\n'.repeat(40)], stderr);
      const [first, last] = [server.starts[0], server.starts.at(-1)!];
      assert(last - first > 39 * 25 - 100, `all within ${last - first} ms`);
      assert(server.starts[10] - first > 10 * 25 - 100, `a burst at the start: ${server.starts.slice(0, 11)}`);
    } finally {
      await server.stop();
    }
  }
});

testEach("run --rate: auto becomes as wide as the rate needs, and no wider", async (program) => {
  const server = startLog(100);
  try {
    const input = `"${server.url}"\n`.repeat(80);
    const { code, stderr } = await run(program, ["run", job, "--rate=40/s", "--allow-net=127.0.0.1"], { input });
    assertEquals(code, 0, stderr);
    const [first, last] = [server.starts[0], server.starts.at(-1)!];
    assert(last - first < 6_000, `${last - first} ms, and the rate allows 80 in 2 s\n${stderr}`); // 1×1: 8 s
    const places = stderr.match(/(\d+)×(\d+)/g)?.map((width) => width.split("×").map(Number)) ?? [];
    const widest = Math.max(...places.map(([threads, tasks]) => threads * tasks));
    assert(widest <= 64, stderr); // 4 are needed
  } finally {
    await server.stop();
  }
});

testEach("run --key: at most so many items of a host at once, in the order of the input", async (program) => {
  const [slow, quick] = [startLog(20), startLog(5)];
  try {
    const input = `${slow.url}\n`.repeat(10) + `${quick.url}\n`.repeat(10);
    const args = ["run", job, "-j1", "--tasks=20", "--input=lines", "--key=host:.", "--per-key=2"];
    const { code, stdout, stderr } = await run(program, [...args, "--allow-net=127.0.0.1"], { input });
    assertEquals([code, stdout], [0, '"ok"\n'.repeat(20)], stderr);
    assertEquals([slow.most(), quick.most()], [2, 2]);
  } finally {
    await Promise.all([slow.stop(), quick.stop()]);
  }
});

testEach("run --key: the first item without one is told, once", async (program) => {
  const input = '{"id":1}\n{"x":2}\n{"x":3}\n';
  const echo = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;
  const { code, stdout, stderr } = await run(program, ["run", echo, "--key=id", "--per-key=1"], { input });
  assertEquals([code, stdout], [0, input]);
  assertEquals(stderr.match(/--key/g)?.length, 1, stderr);
  assertStringIncludes(stderr, "! line 2 has no value for --key; all items without one share a key\n");
});

testEach("run --key: a column of rows, and a field of an array's elements", async (program) => {
  const echo = `${import.meta.dirname}/../../fixtures/jobs/echo.js`;
  const output = '{"id":"a"}\n{"id":"a"}\n{"id":"b"}\n';
  for (const [kind, input] of [["csv", "id\na\na\nb\n"], ["array", '[{"id":"a"},{"id":"a"},{"id":"b"}]']]) {
    const args = ["run", echo, `--input=${kind}`, "--key=id", "--per-key=1"];
    const { code, stdout, stderr } = await run(program, args, { input });
    assertEquals([code, stdout, stderr.includes("--key")], [0, output, false], stderr);
  }
});

testEach("run --exec: commands have a pace, too, and keys of lines", async (program) => {
  const input = "a\nb\nc\nd\n";
  const began = performance.now();
  const args = ["run", "--exec=echo {}", "--delay=100ms", "--key=.", "--per-key=1"];
  const { code, stdout, stderr } = await run(program, args, { input });
  assertEquals([code, stdout], [0, input], stderr);
  assert(performance.now() - began >= 300, "three delays");
  const refused = await run(program, ["run", "--exec=echo {}", "--key=id", "--per-key=1"], { input });
  assertEquals(refused.code, 2);
  assertStringIncludes(refused.stderr, "--key id: lines of text have no fields");
});

testEach("run: a rate that is none is refused", async (program) => {
  const { code, stderr } = await run(program, ["run", job, "--rate=5"], { input: "" });
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--rate 5: expected a number of items and a unit of time (s, min, h or d), like 60/min");
});
