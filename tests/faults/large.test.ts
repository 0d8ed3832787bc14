import { assert, assertEquals } from "@std/assert";
import { handed, linux, testFault } from "./fault.ts";
import { childrenOf, peakMebibytes } from "./process.ts";

const row = "1 GiB of input, 10 M lines";
const maxMebibytes = 250;

/** Less of it, so that it is quick: if memory grew with the input, it would pass the bound all the same. */
const inputs = {
  "3 million short lines": { line: "1234567890\n", times: 3_000_000, isolate: "worker" },
  "300 MiB in long lines": { line: `"${"x".repeat(1024 * 1024)}"\n`, times: 300, isolate: "worker" },
  "a million short lines, in processes": { line: "1234567890\n", times: 1_000_000, isolate: "process" },
};

for (const [name, { line, times, isolate }] of Object.entries(inputs)) {
  testFault(row, `${name}: memory is bounded`, async ({ spawn }) => {
    const atOnce = Math.ceil(1024 * 1024 / line.length);
    const measured = Promise.withResolvers<void>();
    async function* input() {
      const part = new TextEncoder().encode(line.repeat(atOnce));
      for (let left = times; left > 0; left -= atOnce) {
        yield left >= atOnce ? part : part.subarray(0, left * line.length);
      }
      yield* handed(measured.promise);
    }
    const job = "export default (text) => text.length";
    const running = spawn(job, ["--input=lines", `--isolate=${isolate}`, "-j2", "-q"], { input: input() });
    const expected = `${line.length - 1}\n`;
    const all = expected.repeat(times);
    let length = 0;
    while (length < all.length) {
      const part = await running.part();
      assert(part !== "" && part === all.slice(length, length + part.length), "another result");
      length += part.length;
    }
    if (linux) {
      const pids = [running.pid, ...await childrenOf(running.pid)];
      assertEquals(pids.length, isolate === "worker" ? 1 : 3);
      for (const pid of pids) assert(await peakMebibytes(pid) < maxMebibytes, `${await peakMebibytes(pid)} MiB`);
    }
    measured.resolve();
    const { code, stdout } = await running.ended();
    assertEquals([code, stdout], [0, ""]);
  });
}
