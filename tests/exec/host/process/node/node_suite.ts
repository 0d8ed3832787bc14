import { assertEquals } from "@std/assert";
import type { ForeignChoice } from "../../../../../lib/cli/job/foreign_runtime.ts";
import { testHost } from "../../host_suite.ts";
import { Stage } from "../../stage.ts";
import { foreignHosts } from "../foreign_hosts.ts";

/** What every slot host must do, and what Node denies a job, in one Node. */
export async function testNodeHost(name: string, node: ForeignChoice): Promise<void> {
  const makeHost = await foreignHosts(node, ["net", "sys"]);
  testHost(name, makeHost, "node");
  const stage = new Stage(name, makeHost, "node");

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
      if (outcome.kind === "error") {
        return [outcome.error.code, /add (\S+?)[=\s]/.exec(`${outcome.error.message} `)?.[1]];
      }
      return "value" in outcome && outcome.value;
    });
    const [ffi] = said.splice(-1) as [unknown[]];
    const denied = ["--allow-read", "--allow-write", "--allow-run"].map((flag) => ["denied", flag]);
    assertEquals(said, ["the project", "no HOME", ...denied]);
    assertEquals(Array.isArray(ffi), true, "and no addon");
  });
}

function fixture(name: string): string {
  return decodeURIComponent(new URL(`../../../../fixtures/${name}`, import.meta.url).pathname);
}
