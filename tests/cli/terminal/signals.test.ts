import { assert, assertEquals } from "@std/assert";
import { spawn, testEach } from "../programs.ts";

if (Deno.build.os !== "windows") {
  const cases = [
    { args: ["streams"], first: "Interval #1" },
    { args: ["streams", "--producer", "task"], first: "Interval #1" },
    { args: ["channel"], first: "1" },
  ];
  const signals = [["SIGINT", 130], ["SIGTERM", 143]] as const;
  for (const { args, first } of cases) {
    for (const [signal, expected] of signals) {
      testEach(`${args.join(" ")}: ${signal} ends it with ${expected} within 2 s`, async (program) => {
        const running = spawn(program, args);
        assertEquals(await running.lines(1), [first]);
        const sentAt = performance.now();
        running.kill(signal);
        const { code, stderr } = await running.ended(); // its process is gone then
        assertEquals(code, expected, stderr);
        assert(performance.now() - sentAt < 2_000, "it took too long");
        assert(!stderr.includes("tandem:"), stderr);
      });
    }
  }
}
