import { assert, assertEquals } from "@std/assert";
import { assertEndedBy, isExecutable, spawn, testEach } from "../programs.ts";

if (Deno.build.os !== "windows") {
  const cases = [
    { args: ["streams"], first: "Interval #1" },
    { args: ["streams", "--producer", "task"], first: "Interval #1" },
    { args: ["channel"], first: "1" },
  ];
  for (const { args, first } of cases) {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      testEach(`${args.join(" ")}: ${signal} ends it within 2 s`, async (program) => {
        const running = spawn(program, args);
        assertEquals(await running.lines(1), [first]);
        const sentAt = performance.now();
        running.kill(signal);
        const ended = await running.ended(); // its process is gone then
        assertEndedBy(signal, ended, program);
        assert(performance.now() - sentAt < 2_000, "it took too long");
        assert(!ended.stderr.includes("tandem:"), ended.stderr);
      });
    }
  }

  testEach("Ctrl-C: a shell's loop around tandem ends with it", async (program) => {
    const loop = 'for i in 1 2 3; do "$@"; done; echo after';
    const wrap = (command: readonly string[]) => ["setsid", "bash", "-c", loop, "bash", ...command];
    const running = spawn(program, ["channel"], { wrap });
    assertEquals(await running.lines(1), ["1"]);
    Deno.kill(-running.pid, "SIGINT"); // as a terminal does
    const ended = await running.ended();
    assertEndedBy("SIGINT", ended, program);
    const { stdout } = ended;
    assert(!stdout.includes("after"), stdout);
  }, (program) => Deno.build.os !== "linux" || isExecutable(program));

  for (const signal of ["SIGINT", "SIGHUP"] as const) {
    const name =
      `${signal} that was ignored at the start stays ignored: as in the background of a script, or under nohup`;
    testEach(name, async (program) => {
      const wrap = (command: readonly string[]) => ["bash", "-c", `trap "" ${signal}; exec "$@"`, "bash", ...command];
      const running = spawn(program, ["channel", "--count=3", "--every=200ms"], { wrap });
      assertEquals(await running.lines(1), ["1"]);
      running.kill(signal);
      const { code, stdout, stderr } = await running.ended();
      assertEquals([code, stdout], [0, "2\n3\n"], stderr);
    }, Deno.build.os !== "linux"); // only Linux tells
  }
}
