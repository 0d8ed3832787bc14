import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadCommand, loadCommands } from "../../../lib/cli/commands.ts";
import { longHelp } from "../../../lib/cli/table/help.ts";
import { topics } from "../../../lib/cli/table/topics.ts";
import { rewrap } from "../../../lib/cli/table/wrap.ts";
import { exitCodes } from "../../../lib/errors.ts";
import { call, failingCall } from "../in_process.ts";

const help = async (...args: string[]) => (await call(["help", ...args])).stdout;

Deno.test("help: the commands, a command, and a topic", async () => {
  for (const command of ["streams", "run", "help"]) assertMatch(await help(), new RegExp(`^  ${command} `, "m"));
  const streams = await help("streams");
  assert(streams.indexOf("Examples:") < streams.indexOf("\nStreams:"), streams);
  assertMatch(await help("verdicts"), /holds/);
});

Deno.test("help NAME: a command that is a topic too has its flags, an empty line, and then the topic", async () => {
  const { code, stdout } = await call(["help", "scale"]);
  assertEquals(code, 0);
  const flags = longHelp((await loadCommand("scale"))!, 80);
  const topic = rewrap(await topics.scale.load(await loadCommands()), 80);
  assertEquals(stdout, `${flags}\n${topic}`);
  const { code: ofCommand, stdout: jobs } = await call(["help", "jobs"]);
  assertEquals([ofCommand, jobs], [0, longHelp((await loadCommand("jobs"))!, 80)]);
  assertEquals((await call(["help"])).code, 0);
});

Deno.test("help json-schema is JSON, whatever the terminal's width", async () => {
  for (const width of [40, 200]) {
    const { code, stdout } = await call(["help", "json-schema"], { style: { width } });
    assertEquals(code, 0);
    assertEquals(typeof JSON.parse(stdout), "object");
    assertEquals(stdout, await topics["json-schema"].load(await loadCommands()));
  }
});

Deno.test("help: what is inherited by every object is no topic", async () => {
  assertMatch((await failingCall(["help", "constructor"])).stderr, /^tandem: no help on "constructor"\./);
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
  assertEquals(
    (await refused("retries")).stderr,
    'tandem: no help on "retries". --retries is a flag of run. See: tandem help run\n',
  );
  assertMatch(
    (await refused("shards")).stderr,
    /--shards is a flag of run, gather and engine\. See: tandem help run\n$/,
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
