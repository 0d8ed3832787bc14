import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { killTree } from "./processes.ts";
import { testEngine } from "./programs_here.ts";
import { engineScript, oneMachine, progressOf, shards, writeRun } from "./sharded_run.ts";
import { type SshHosts, sshPackages, startHosts } from "./ssh_hosts.ts";
import { until } from "./until.ts";

const packages = { parallel: ["parallel"], ...sshPackages } as const;

/** Where the program's modules are cached. */
const ownVariables = Object.fromEntries(
  ["HOME", "DENO_DIR"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }),
);

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
        await using hosts = await startHosts(folder, ["a", "b"], ownVariables);
        const script = await engineScript(folder, "parallel", "--sshlogin", "a,b", "--program", `${folder}/bin/tandem`);
        const env = { PATH: `${folder}/bin:${Deno.env.get("PATH")}`, PARALLEL_SSH: hosts.ssh, PARALLEL_HOME: folder };
        const bash = new Deno.Command("bash", { args: ["-c", script], cwd: folder, env, stderr: "piped" }).spawn();
        try {
          const stderr = new Response(bash.stderr).text();
          const started = [0, 1]; // one on each host
          let endedWith: number | undefined;
          void bash.status.then(({ code }) => endedWith = code);
          await until("a shard on each host has begun to write", async () => {
            if (endedWith !== undefined) {
              throw new Error(`parallel has ended already, exit ${endedWith}: ${await stderr}`);
            }
            return started.every((shard) => progressOf(folder, shard).hasEntries) || undefined;
          });
          await blow(hosts);
          gate.open();
          const { code } = await bash.status;
          assertEquals(code, 1, await stderr); // as some items fail
        } finally {
          await killTree(bash);
        }

        // that of the failing shard has ended, too: only the one that was cut off has begun twice
        const begun = Array.from({ length: shards }, (_, shard) => progressOf(folder, shard).begun.join());
        assertEquals(begun.toSorted(), [...Array(shards - 1).fill("run"), "run,resume"]);
        const output = await Deno.readTextFile(`${folder}/tandem.out`);
        assert(output === expected, "gathered output is not what one machine writes");

        // started again, all have ended already, and it knows still that items have failed
        const again = await new Deno.Command("bash", { args: ["-c", script], cwd: folder, env }).output();
        assertEquals(again.code, 1, new TextDecoder().decode(again.stderr));
        assert(await Deno.readTextFile(`${folder}/tandem.out`) === expected, "the second start changed the output");
      }),
  );
}
