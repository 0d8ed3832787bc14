import { assert, assertEquals } from "@std/assert";

const root = new URL("../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));
const version = (await Deno.readTextFile(new URL(".dvmrc", root))).trim();

/** The README's commands, one a line, from its blocks of shell. */
const commands = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block.trim().split("\n"));

/** These are run by `.ci/run` itself: tests cannot run the tests. */
const runElsewhere = [/ task test$/, / task compile$/];

Deno.test("README: its commands are those of the pinned Deno", () => {
  assert(commands.length >= 8);
  for (const command of commands) {
    assert(command.startsWith("deno task ") || command.startsWith(`npx -y deno@${version} task `), command);
  }
});

for (const command of commands.filter((line) => !runElsewhere.some((pattern) => pattern.test(line)))) {
  Deno.test(`README: ${command}`, async () => {
    const args = command.replace(/^npx -y deno@\S+ |^deno /, "").split(" ");
    const short = args.length === 2 ? ["claims", "--rounds", "1"] : []; // the default takes a quarter of a minute
    const { code, stdout } = await new Deno.Command(Deno.execPath(), { args: [...args, ...short], cwd: root }).output();
    assertEquals(code, 0);
    assert(stdout.length > 0);
  });
}
