import { assertEquals } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { call } from "../in_process.ts";

const records = "tests/fixtures/jobs/records.js";
const items = ['{"value":1}', '{"fail":"no"}', '{"value":3}'];

Deno.test("run --log: each attempt is in the file when the run has ended; a new run overwrites it", async () => {
  await inFolder({ log: "what was there before\n" }, async (root) => {
    for (let round = 0; round < 2; round++) {
      const { code } = await call(["run", records, "-j1", "-q", `--log=${root}/log`], { stdin: items.join("\n") });
      assertEquals(code, 1);
      const lines = Deno.readTextFileSync(`${root}/log`).trimEnd().split("\n").map((line) => JSON.parse(line));
      assertEquals(lines.map(({ line, outcome }) => [line, outcome]), [[1, "ok"], [2, "error"], [3, "ok"]]);
      assertEquals(lines.every(({ start, ms }) => start !== null && ms >= 0), true);
    }
  });
});

Deno.test("run --null --errors=inline: what ends a result ends an error record too", async () => {
  const { stdout } = await call(["run", records, "-j1", "--null", "--errors=inline", "-q"], {
    stdin: items.join("\0"),
  });
  const [first, second, third, end] = stdout.split("\0");
  assertEquals([first, JSON.parse(second).line, third, end], ["1", 2, "3", ""]);
});
