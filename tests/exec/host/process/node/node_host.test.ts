import { assertEquals } from "@std/assert";
import { findRuntime } from "../../../../../lib/cli/job/foreign_runtime.ts";
import { openSlotModule } from "../../../../../lib/cli/job/slot_module.ts";
import { nodeCommand } from "../../../../../lib/exec/host/process/node/node_command.ts";
import { processHost } from "../../../../../lib/exec/host/process/process_host.ts";
import type { Permissions } from "../../../../../lib/exec/wire/permissions.ts";
import { testHost } from "../../host_suite.ts";
import { Stage } from "../../stage.ts";

const node = await findRuntime("node");
const { file } = await openSlotModule();

function nodeHost(given: Permissions) {
  const permissions = { ...given, net: true, sys: true }; // which Node cannot deny
  return processHost({ command: nodeCommand(node, file, permissions), permissions });
}

testHost("node", nodeHost, "node");

const stage = new Stage("node", nodeHost, "node");

stage.test("an ungranted job reads its own project; it writes nothing, runs nothing, sees no variable and loads no addon", async () => {
  const job = `import fs from "node:fs";
    import { execFileSync } from "node:child_process";
    import { constants } from "node:os";
    const acts = {
      project: () => fs.readFileSync(${JSON.stringify(fixture("project/readable.txt"))}, "utf8").trim(),
      outside: () => fs.readFileSync(${JSON.stringify(fixture("outside/secret.txt"))}, "utf8"),
      write: () => fs.writeFileSync(${JSON.stringify(fixture("project/new.txt"))}, "x"),
      run: () => execFileSync(process.execPath, ["--version"]),
      env: () => process.env.HOME ?? "no HOME",
      ffi: () => process.dlopen({ exports: {} }, ${
    JSON.stringify(fixture("project/readable.txt"))
  }, constants.dlopen.RTLD_NOW),
    };
    export default (item) => acts[item]();`;
  const permissions = { read: [fixture("project")] };
  const items = ["project", "env", "outside", "write", "run", "ffi"];
  const said = (await stage.outcomes(job, items, { threads: 1, permissions })).map((outcome) => {
    if (outcome.kind === "error") return [outcome.error.code, /add (\S+?)[=\s]/.exec(`${outcome.error.message} `)?.[1]];
    return "value" in outcome && outcome.value;
  });
  const [ffi] = said.splice(-1) as [unknown[]];
  const denied = ["--allow-read", "--allow-write", "--allow-run"].map((flag) => ["denied", flag]);
  assertEquals(said, ["the project", "no HOME", ...denied]);
  assertEquals(Array.isArray(ffi), true, "and no addon");
});

function fixture(name: string): string {
  return decodeURIComponent(new URL(`../../../../fixtures/${name}`, import.meta.url).pathname);
}
