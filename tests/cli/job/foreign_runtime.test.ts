import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { findRuntime, foreignCommand } from "../../../lib/cli/job/foreign_runtime.ts";
import { openSlotModule } from "../../../lib/cli/job/slot_module.ts";
import { JobError, UsageError } from "../../../lib/errors.ts";
import { runtimeHere } from "../../runtimes_here.ts";

/** Runs `act` with a program that prints this as its version. */
async function withProgram(version: string, act: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/program`, `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
    await act(`${folder}/program`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const job = (name: string) => ({ kind: "module", url: `file:///jobs/${name}` } as const);

Deno.test("runtime: a name is looked for on the PATH, a path is taken from our folder", async () => {
  await withProgram("v24.1.0", async (path) => {
    assertEquals(await findRuntime({ name: "node", program: path }), {
      name: "node",
      program: path,
      version: "24.1.0",
    });
    const relative = `${path.slice(1).replace(/^/, "../".repeat(Deno.cwd().split("/").length - 1))}`;
    assertEquals((await findRuntime({ name: "node", program: relative })).program, path);
  });
  await withProgram(
    "1.4.5",
    async (path) => assertEquals((await findRuntime({ name: "bun", program: path })).version, "1.4.5"),
  );
});

Deno.test("runtime: one that is missing, another program, and one that is too old are refused with what to do", async () => {
  await assertRejects(
    () => findRuntime({ name: "node", program: "/nosuch/node" }),
    UsageError,
    "--runtime node=/nosuch/node: no /nosuch/node there; give the path of a node: --runtime node=PATH",
  );
  const { PATH } = Deno.env.toObject();
  Deno.env.set("PATH", "/nosuch");
  try {
    await assertRejects(() => findRuntime("bun"), UsageError, "no bun on the PATH");
  } finally {
    Deno.env.set("PATH", PATH);
  }
  await withProgram("1.4.5", async (path) => {
    await assertRejects(
      () => findRuntime({ name: "node", program: path }),
      UsageError,
      `"${path} --version" is not node's`,
    );
  });
  await withProgram("v18.20.0", async (path) => {
    await assertRejects(
      () => findRuntime({ name: "node", program: path }),
      UsageError,
      "Node 18.20.0 is too old; use 20.11 or newer",
    );
  });
});

Deno.test("runtime: jobs and grants that it cannot have are refused", async () => {
  await withProgram("v20.20.2", async (path) => {
    const refused = (name: string, run: boolean | string[] = false) =>
      foreignCommand({ name: "node", program: path }, job(name), { run });
    await assertRejects(() => refused("a.ts"), JobError, "node 20.20.2 cannot load TypeScript; use Node 22.6 or newer");
    await assertRejects(() => refused("a.tsx"), JobError, "cannot load JSX");
    const { message } = await assertRejects(() => refused("a.ts"), JobError);
    assert(!message.includes("file:"), message);
    await assertRejects(() => refused("a.js", ["git"]), UsageError, "grant them all: --allow-run");
  });
});

Deno.test("runtime: a slot starts without the shim on the PATH, which would look for variables that it does not get", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const shim = '#!/bin/sh\n[ -n "$SHIM_HOME" ] || exit 127\nexec node "$@"\n';
    await Deno.writeTextFile(`${folder}/shim`, shim, { mode: 0o755 });
    Deno.env.set("SHIM_HOME", folder);
    const programFor = async (env: boolean) => {
      using command = await foreignCommand({ name: "node", program: `${folder}/shim` }, job("a.js"), { env });
      return command.program;
    };
    const { stdout } = await new Deno.Command("node", { args: ["-p", "process.execPath"] }).output();
    assertEquals(await programFor(false), new TextDecoder().decode(stdout).trim());
    assertEquals(await programFor(true), `${folder}/shim`);
  } finally {
    Deno.env.delete("SHIM_HOME");
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runtime: the slot is bundled once, as one file, and started by the runtime that was found", async () => {
  await withProgram("v24.1.0", async (path) => {
    using first = await foreignCommand({ name: "node", program: path }, job("a.ts"), { read: ["/jobs"] });
    using second = await openSlotModule();
    assertEquals([first.program, first.args.at(-1)], [path, second.file]);
    const imports = [...(await Deno.readTextFile(second.file)).matchAll(/^import .* from "([^"]+)";$/gm)];
    assertEquals(imports.filter(([, name]) => !name.startsWith("node:")), []);
  });
});

const newer = runtimeHere("node", "run --runtime node: a newer Node");
for (const runtime of newer === undefined ? ["node"] : ["node", newer.flag]) {
  const name = runtime === "node" ? "Node" : "a newer Node";

  Deno.test(`runtime: a command line runs a job in ${name}, and says what Node cannot deny`, async () => {
    using job = commandLine(
      "export default (i) => { console.log('printed', i); if (i > 1) throw new RangeError('big'); return typeof Deno; }",
      ["1", "2"],
    );
    const run = (...flags: string[]) => job.run("--runtime", runtime, ...flags);
    const { code, out, error } = await run("--allow-net", "--allow-sys");
    assertEquals([code, out], [1, '"undefined"\n']);
    for (const said of ["printed 1\n", "printed 2\n", '"name":"RangeError","message":"big"']) {
      assertStringIncludes(error, said);
    }
    const refused = await run();
    assertEquals([refused.code, refused.out], [2, ""]);
    assertStringIncludes(refused.error, "cannot deny a job these permissions: net, sys; grant them whole");
    assertStringIncludes((await run("--isolate=worker")).error, "--runtime needs processes");
    assertStringIncludes((await run("--deno")).error, "leave out one of them");
  });

  Deno.test(`runtime: in ${name}, a job does what its flags grant, and hears which flag grants the rest`, async () => {
    using job = commandLine(
      `import fs from "node:fs";
      import { execFileSync } from "node:child_process";
      const acts = {
        own: () => fs.readFileSync(new URL("items", import.meta.url), "utf8").length > 0,
        outside: () => fs.readFileSync("/etc/hostname", "utf8").length > 0,
        write: () => fs.writeFileSync(new URL("written", import.meta.url), "") ?? true,
        run: () => execFileSync("true").length === 0,
        env: () => process.env.HOME !== undefined,
        net: async () => (await import("node:net")).createServer().unref() !== undefined,
      };
      export default (act) => acts[act]();`,
      ["own", "outside", "write", "run", "env", "net"].map((act) => JSON.stringify(act)),
    );
    const run = async (...flags: string[]) => {
      const { out, error } = await job.run("--runtime", runtime, "--allow-net", "--allow-sys", "-j1", ...flags);
      return { out: out.trim().split("\n"), named: [...error.matchAll(/add --allow-\w+/g)].map(([said]) => said) };
    };
    const denied = ["read", "write", "run"].map((kind) => `add --allow-${kind}`);
    assertEquals(await run(), { out: ["true", "false", "true"], named: denied }, "own, env, net");
    assertEquals(await run("--allow-read=/etc/hostname"), {
      out: ["true", "true", "false", "true"],
      named: denied.slice(1),
    });
    const all = { out: Array(6).fill("true"), named: [] };
    const grants = ["--allow-read", `--allow-write=${job.folder}`, "--allow-run", "--allow-env=HOME"];
    assertEquals(await run(...grants), all);
    assertEquals(await run("--allow-all"), all);
  });
}

if (newer !== undefined) {
  Deno.test("runtime: a newer Node runs a job in TypeScript", async () => {
    using job = commandLine("export default (i: number): string => typeof i;", ["1"], "job.ts");
    const { code, out } = await job.run("--runtime", newer.flag, "--allow-net", "--allow-sys");
    assertEquals([code, out], [0, '"number"\n']);
  });
}

/** A job in a folder of its own, run over these lines. */
function commandLine(source: string, items: readonly string[], file = "job.js") {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/${file}`, source);
  Deno.writeTextFileSync(`${folder}/items`, items.map((item) => `${item}\n`).join(""));
  return {
    folder,
    async run(...flags: string[]) {
      const args = ["run", "--quiet", "--frozen", "--cached-only", "--no-prompt", "--allow-all", "main.ts", "run"];
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...args, `${folder}/${file}`, `${folder}/items`, ...flags],
        cwd: new URL("../../../", import.meta.url),
      }).output();
      const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      return { code, out, error };
    },
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}
