import { assertEquals, assertMatch } from "@std/assert";
import { run, testEach } from "../programs.ts";
import { inFolder } from "../in_folder.ts";

testEach(
  "--show-config: each value, and what gives it; flags are stronger than variables and files",
  async (program) => {
    const files = { "p/tandem.jsonc": '{ "run": { "retries": 2, "limit": 5, "tag": true } }' };
    await inFolder(files, async (root) => {
      const args = ["run", "--show-config", "--limit=7", "--no-tag"];
      const inProject = (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command];
      const env = { XDG_CONFIG_HOME: root, TANDEM_MAX_LINE: "1kib", TANDEM_LIMIT: "6" };
      const { code, stdout, stderr } = await run(program, args, { env, wrap: inProject });
      assertEquals([code, stderr], [0, ""]);
      const lines = stdout.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
      const of = (flag: string) => lines.find(([name]) => name === flag)?.slice(1);
      assertEquals(of("--limit"), ["7", "command line"]);
      assertEquals(of("--tag"), ["false", "command line"]);
      assertEquals(of("--max-line"), ["1KiB", "TANDEM_MAX_LINE"]);
      assertEquals(of("--retries"), ["2", `${root}/p/tandem.jsonc`]);
      assertEquals([of("--threads"), of("--timeout")], [["chosen by --mode", "default"], ["no limit", "default"]]);
      assertEquals([of("--null"), of("--help")], [["false", "default"], undefined]);
    });
  },
);

Deno.test("layers: a program that may not see variables and files takes no values from them", async () => {
  const main = new URL("../../../main.ts", import.meta.url);
  await inFolder({ "tandem.jsonc": '{ "all": { "color": "always" } }' }, async (root) => {
    const colorWith = async (...permissions: readonly string[]) => {
      const args = [
        "run",
        "--frozen",
        "--cached-only",
        "--no-prompt",
        ...permissions,
        main.href,
        "jobs",
        "--show-config",
      ];
      const env = { TANDEM_COLOR: "never" };
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root, env }).output();
      const [, source] = /^--color +(.*)$/m.exec(new TextDecoder().decode(stdout)) ?? [];
      return source?.replace(root, "") ?? new TextDecoder().decode(stderr);
    };
    assertEquals(await colorWith(), "auto   default");
    assertEquals(await colorWith("--allow-read=."), "always  /tandem.jsonc");
    assertEquals(await colorWith("--allow-env=TANDEM_COLOR"), "never  TANDEM_COLOR");
  });
});

testEach("tandem.jsonc: a broken one stops commands, but not the help on it", async (program) => {
  await inFolder({ "p/tandem.jsonc": "{" }, async (root) => {
    const options = { wrap: (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command] };
    assertMatch(
      (await run(program, ["jobs"], options)).stderr,
      /^tandem: \S+tandem\.jsonc:1: not JSON with comments: /,
    );
    const { code, stdout } = await run(program, ["help", "config"], options);
    assertEquals([code, stdout.includes("tandem.jsonc")], [0, true]);
  });
});

testEach("tandem.jsonc and TANDEM_: a run takes its values from them", async (program) => {
  await inFolder({ "p/tandem.jsonc": '{ "run": { "tag": true, "quiet": true } }' }, async (root) => {
    const inProject = (command: readonly string[]) => ["env", "-C", `${root}/p`, ...command];
    const env = { XDG_CONFIG_HOME: root, TANDEM_LIMIT: "2" };
    const ended = await run(program, ["run", "@noop", "-"], { env, wrap: inProject, input: "1\n2\n3\n" });
    assertEquals([ended.code, ended.stderr, ended.stdout.split("\n").length], [0, "", 3]);
    assertMatch(ended.stdout, /^{"line":1,/);
    const wrong = await run(program, ["run", "@noop", "--threads=2"], {
      env: { ...env, TANDEM_MODE: "serial" },
      wrap: inProject,
    });
    assertEquals([wrong.code, wrong.stdout], [2, ""]);
    assertEquals(
      wrong.stderr,
      "tandem: --mode serial has one thread, found --threads 2; leave one of the two flags out (values also come from " +
        `${root}/p/tandem.jsonc, TANDEM_MODE, TANDEM_LIMIT; see --show-config)\n`,
    );
    const refused = await run(program, ["run", "@noop"], { env: { ...env, TANDEM_ALLOW_ALL: "1" }, wrap: inProject });
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertMatch(refused.stderr, /^tandem: the variable TANDEM_ALLOW_ALL is not allowed, [^\n]*\n$/);
  });
});
