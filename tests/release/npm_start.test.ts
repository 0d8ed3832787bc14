/** How the npm package starts tandem, with a stand-in for npm's Deno: no network, and no bundle. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { packageOf, programConfig, runArguments } from "../../.ci/release/npm_package.ts";
import { runFlags } from "../../lib/own_program.ts";
import { inFolder } from "../cli/in_folder.ts";
import { type Program, run, spawn } from "../cli/programs.ts";
import { lacks } from "./install_scene.ts";

const read = (name: string) => Deno.readTextFileSync(`${import.meta.dirname}/../../.ci/npm/${name}`);

/** Says how it was started, and waits, fails or ends as its last argument says. What says that it waits is what signals end. */
const deno = `#!/bin/bash
printf '%s\\n' "$@"
case "\${@: -1}" in
  fail) exit 5 ;;
  wait) exec tail -f "\${0%/deno}/waiting" ;;
esac
`;

/** Where npm has put it: "here" has a quote and a blank. */
const at = "it's here/node_modules";
const denoPackage = `@deno/${Deno.build.os === "darwin" ? "darwin" : "linux"}-${
  Deno.build.arch === "aarch64" ? "arm64" : "x64"
}${Deno.build.os === "linux" ? "-glibc" : ""}`;
const installed = {
  [`${at}/deno/package.json`]: "{}",
  [`${at}/${denoPackage}/package.json`]: "{}",
  [`${at}/${denoPackage}/deno`]: deno,
  [`${at}/${denoPackage}/waiting`]: "waiting\n",
  [`${at}/tandem/package.json`]: "{}",
  [`${at}/tandem/run_arguments.json`]: JSON.stringify(["run", "--flag=it's"]),
  [`${at}/tandem/start.cjs`]: read("start.cjs"),
  [`${at}/tandem/install.cjs`]: read("install.cjs"),
  [`${at}/tandem/bin/tandem`]: read("tandem.cjs"),
};

/** Calls `use` with the program that npm has installed, whose postinstall script has run or has not. */
async function inPackage(
  postinstall: boolean,
  files: Readonly<Record<string, string>>,
  use: (program: Program, folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(files, async (folder) => {
    for (const path of [`${at}/${denoPackage}/deno`, `${at}/tandem/bin/tandem`]) {
      if (path in files) Deno.chmodSync(`${folder}/${path}`, 0o755);
    }
    if (postinstall) {
      const args = [`${folder}/${at}/tandem/install.cjs`];
      const { code, stderr } = await new Deno.Command("node", { args }).output();
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    }
    const bin = `${folder}/${at}/.bin`;
    Deno.mkdirSync(bin);
    Deno.symlinkSync("../tandem/bin/tandem", `${bin}/tandem`);
    await use({ name: "npm", command: [`${bin}/tandem`] }, folder);
  });
}

const ignore = Deno.build.os === "windows" || lacks("node");
const shebang = (folder: string) => Deno.readTextFileSync(`${folder}/${at}/tandem/bin/tandem`).split("\n", 1)[0];

for (const postinstall of [true, false]) {
  const how = postinstall ? "after its postinstall" : "without its postinstall";
  Deno.test({ name: `npm package, ${how}: Deno gets the arguments as they are`, ignore }, async () => {
    await inPackage(postinstall, installed, async (program, folder) => {
      assertEquals(shebang(folder), postinstall ? "#!/bin/sh" : "#!/usr/bin/env node");
      const here = Deno.realPathSync(`${folder}/${at}/tandem/program`.replace("/program", "")) + "/program";
      const args = ["run", "a b", "$(touch pwned)", "it's", "", "*"];
      const { code, stdout, stderr } = await run(program, args);
      assertEquals([code, stderr], [0, ""]);
      assertEquals(stdout.split("\n").slice(0, -1), [
        "run",
        "--flag=it's",
        `${here}/deno.json`,
        `${here}/main.js`,
        ...args,
      ]);
      assertEquals((await run(program, ["fail"])).code, 5);
    });
  });

  Deno.test({ name: `npm package, ${how}: it ends by the signal that it gets`, ignore }, async () => {
    await inPackage(postinstall, installed, async (program) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        const running = spawn(program, ["wait"]);
        await running.lines(6); // its five arguments, and "waiting"
        running.kill(signal);
        assertEquals((await running.ended()).signal, signal);
      }
    });
  });
}

Deno.test(
  { name: "npm package: without Deno for this platform it says which package is missing", ignore },
  async () => {
    const { [`${at}/${denoPackage}/package.json`]: _, ...others } = installed;
    await inPackage(true, others, async (program, folder) => {
      assertEquals(shebang(folder), "#!/usr/bin/env node"); // the script has left it
      const { code, stdout, stderr } = await run(program, ["run"]);
      assertEquals([code, stdout], [2, ""]);
      assertMatch(stderr, /^tandem: cannot start Deno: Cannot find module /);
      assertStringIncludes(stderr, `It is in the package ${denoPackage}: install with optional dependencies.`);
    });
  },
);

Deno.test({ name: "npm package: a Deno that cannot be started", ignore }, async () => {
  await inPackage(false, installed, async (program, folder) => {
    Deno.chmodSync(`${folder}/${at}/${denoPackage}/deno`, 0o644);
    const { code, stdout, stderr } = await run(program, ["run"]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^tandem: cannot start Deno: spawn .* EACCES\n/);
  });
});

Deno.test("npm package: its package.json runs under the pinned Deno, which gets what deno.json says", () => {
  const { name, bin, scripts, engines, dependencies, version } = packageOf({
    version: "1.2.3",
    deno: "2.9.6",
    license: "MIT",
  });
  assertEquals([name, version, bin, dependencies], ["tandem", "1.2.3", { tandem: "bin/tandem" }, { deno: "2.9.6" }]);
  assertEquals([scripts, engines], [{ postinstall: "node install.cjs" }, { node: ">=20" }]);
  assertEquals(runArguments, ["run", ...runFlags, "--config"]);
  assertEquals(programConfig(config), { nodeModulesDir: "none", unstable: ["worker-options"] });
});
