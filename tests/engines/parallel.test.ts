import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { killTree } from "./processes.ts";
import { testEngine } from "./programs_here.ts";
import { engineScript, oneMachine, progressOf, shards, writeRun } from "./sharded_run.ts";
import { type SshHosts, sshPackages, startHosts } from "./ssh_hosts.ts";
import { until } from "./until.ts";

const packages = { parallel: ["parallel"], ...sshPackages } as const;

const blows: Readonly<Record<string, (hosts: SshHosts) => Promise<void>>> = {
  "its host dies": (hosts) => hosts.killHost("a"),
  "its connection is lost": (hosts) => hosts.dropConnections("a"),
};

for (const [what, blow] of Object.entries(blows)) {
  testEngine(
    `GNU parallel: a shard goes on after ${what}, and gather gives what one machine writes`,
    packages,
    () =>
      inFolder({}, async (folder) => {
        await using gate = startGate();
        await writeRun(folder, gate.url);
        const expected = await oneMachine(folder);
        gate.close();
        await using hosts = await startHosts(folder, ["a", "b"], { HOME: Deno.env.get("HOME") ?? folder });
        const script = await engineScript(folder, "parallel", "--sshlogin", "a,b", "--program", `${folder}/bin/tandem`);
        const env = { PATH: `${folder}/bin:${Deno.env.get("PATH")}`, PARALLEL_SSH: hosts.ssh, PARALLEL_HOME: folder };
        const bash = new Deno.Command("bash", { args: ["-c", script], cwd: folder, env, stderr: "piped" }).spawn();
        try {
          const stderr = new Response(bash.stderr).text();
          await until("a shard on each host has begun to write", async () => {
            const found = [0, 1].every((shard) => progressOf(folder, shard).hasEntries);
            return found || undefined;
          });
          await blow(hosts);
          gate.open();
          const { code } = await bash.status;
          assertEquals(code, 1, await stderr); // some items fail
        } finally {
          await killTree(bash);
        }

        const begun = Array.from({ length: shards }, (_, shard) => progressOf(folder, shard).begun.join());
        const other = begun.filter((_, shard) => shard !== 3);
        console.log(begun, Deno.readTextFileSync(`${folder}/tandem.joblog`));
        assertEquals(other.toSorted(), [...Array(shards - 2).fill("run"), "run,resume"]);
        const output = await Deno.readTextFile(`${folder}/tandem.out`);
        assert(output === expected, "gathered output is not what one machine writes");
      }),
  );
}
