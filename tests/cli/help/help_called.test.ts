import { assert, assertEquals, assertMatch } from "@std/assert";
import { exitCodes } from "../../../lib/errors.ts";
import { call, failingCall } from "../in_process.ts";

const help = async (...args: string[]) => (await call(["help", ...args])).stdout;

Deno.test("help: the commands, a command, and a topic", async () => {
  for (const command of ["streams", "run", "help"]) assertMatch(await help(), new RegExp(`^  ${command} `, "m"));
  const streams = await help("streams");
  assert(streams.indexOf("Examples:") < streams.indexOf("Flags:"), streams);
  assertMatch(await help("verdicts"), /holds/);
});

Deno.test("help exit-codes names each code", async () => {
  const named = [...(await help("exit-codes")).matchAll(/^ *(\d+) {2,}/gm)].map(([, code]) => Number(code));
  assertEquals(named, [...Object.values(exitCodes), 129, 130, 143]);
});

Deno.test("help: what there is no help on, and what may be meant", async () => {
  const refused = async (name: string) => await failingCall(["help", name]);
  assertEquals(await refused("nosuch"), {
    code: 2,
    stdout: "",
    stderr: 'tandem: no help on "nosuch". See: tandem help\n',
  });
  assertEquals(
    (await refused("verdict")).stderr,
    'tandem: no help on "verdict". Did you mean verdicts? See: tandem help\n',
  );
});

Deno.test("help is as wide as the terminal says", async () => {
  for (const width of [60, 80]) {
    for (const args of [["exit-codes"], ["verdicts"], []]) {
      const { stdout } = await call(["help", ...args], { style: { width } });
      const longest = Math.max(...stdout.split("\n").map((line) => line.length));
      assert(longest <= width && longest > width - 15, `${args}: ${longest} of ${width}`);
    }
  }
});
