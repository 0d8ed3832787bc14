import { assertEquals, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { type Program, run, spawn } from "../cli/programs.ts";

/**
 * The npm package, installed by npm with a HOME and a cache of its own. It needs the network (npm's registry, for Deno) and what
 * `deno task pack` makes: without that the tests are ignored, or fail with TANDEM_PACKAGE=required, as in .ci/run.
 */
const packed = `${import.meta.dirname}/../../dist/tandem-${config.version}.tgz`;
const isThere = Deno.env.get("TANDEM_PACKAGE") === "required" || exists(packed);
const windows = Deno.build.os === "windows";
const job =
  "export default async (n: number): Promise<number> => { if (n === 3) throw new Error('three'); return n * n; }";

for (const scripts of windows ? [false] : [true, false]) {
  const how = scripts ? "npm install" : "npm install --ignore-scripts";
  Deno.test({ name: `${how}: tandem runs under npm's Deno, from a clean HOME`, ignore: !isThere }, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      Deno.writeTextFileSync(`${folder}/package.json`, "{}");
      Deno.writeTextFileSync(`${folder}/job.ts`, job);
      Deno.mkdirSync(`${folder}/home`);
      const env = { HOME: `${folder}/home`, npm_config_cache: `${folder}/npm`, DENO_DIR: "" };
      await install(folder, env, scripts ? [] : ["--ignore-scripts"]);
      const program = programIn(folder);
      const ran = (args: readonly string[], input = "") => run(program, args, { input, env });

      assertEquals((await ran(["--version"])).stdout, `tandem ${config.version}\n`);
      const squares = await ran(["run", `${folder}/job.ts`, "--quiet"], "1\n2\n");
      assertEquals([squares.code, squares.stdout], [0, "1\n4\n"], squares.stderr);
      const isolated = await ran(["run", `${folder}/job.ts`, "--quiet", "--isolate=process"], "4\n");
      assertEquals([isolated.code, isolated.stdout], [0, "16\n"], isolated.stderr);
      const failed = await ran(["run", `${folder}/job.ts`], "3\n");
      assertEquals(failed.code, 1, failed.stderr);
      const spaced = await ran(["run", "no such 'job'.ts"]);
      assertEquals(spaced.code, 2);
      assertStringIncludes(spaced.stderr, "no such 'job'.ts: no such file");
      const scale = await ran(["scale", "--kinds=timer", "--up-to=100"]); // starts the program once more
      assertEquals(scale.code, 0, scale.stderr);
      if (!windows) await assertPassesSignalsOn(program, env);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

async function assertPassesSignalsOn(program: Program, env: Readonly<Record<string, string>>) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const running = spawn(program, ["channel"], { env });
    assertEquals(await running.lines(1), ["1"]);
    running.kill(signal);
    const ended = await running.ended();
    assertEquals(ended.signal, signal, ended.stderr);
  }
}

Deno.test(
  { name: "Yarn's Plug'n'Play: tandem is unpacked, as Deno cannot read archives", ignore: !isThere || windows },
  async () => {
    const folder = Deno.makeTempDirSync();
    try {
      Deno.writeTextFileSync(`${folder}/package.json`, "{}");
      Deno.writeTextFileSync(`${folder}/yarn.lock`, "");
      Deno.writeTextFileSync(`${folder}/job.ts`, job);
      const env = {
        HOME: `${folder}/home`,
        npm_config_cache: `${folder}/npm`,
        YARN_ENABLE_TELEMETRY: "0",
        DENO_DIR: "",
      };
      const yarn = ["npx", "-y", "@yarnpkg/cli-dist@4.18.1"];
      const program = { name: "yarn", command: [...yarn, "run", "tandem"] };
      const within = (command: readonly string[]) => ["env", "--chdir", folder, ...command];
      const added = await run({ name: "yarn", command: yarn }, ["add", `tandem@file:${Deno.realPathSync(packed)}`], {
        env,
        wrap: within,
      });
      assertEquals(added.code, 0, added.stdout);
      const squares = await run(program, ["run", "job.ts", "--quiet"], { env, wrap: within, input: "1\n2\n" });
      assertEquals([squares.code, squares.stdout], [0, "1\n4\n"], squares.stderr);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
);

function programIn(folder: string): Program {
  const bin = `${folder}/node_modules/tandem/bin/tandem`;
  return windows ? { name: "npm", command: ["node", bin] } : { name: "npm", command: [bin] };
}

async function install(folder: string, env: Readonly<Record<string, string>>, flags: readonly string[]) {
  const words = ["install", "--no-audit", "--no-fund", ...flags, packed];
  const [program, ...args] = windows ? ["cmd", "/c", "npm", ...words] : ["npm", ...words];
  const { success, stderr } = await new Deno.Command(program, { args, cwd: folder, env }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
