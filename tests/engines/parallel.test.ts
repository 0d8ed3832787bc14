import { assert, assertEquals } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { startGate } from "./gate.ts";
import { testEngine } from "./programs_here.ts";
import { gathered, oneMachine, progressOf, runFlags, shards, writeRun } from "./sharded_run.ts";
import { sshPackages, startHosts } from "./ssh_hosts.ts";
import { until } from "./until.ts";

const script = `
parallel --sshlogin 2/a,2/b --workdir "$PWD" --retries 5 '
journal=journal.{}
if [ -s "$journal" ]; then set -- --resume "$journal"; else set -- --journal "$journal"; fi
bin/tandem run job.js --shard auto --shards ${shards} --tag ${runFlags.join(" ")} "$@" items >> out.{}
code=$?
[ $code -eq 1 ] || exit $code' ::: 0 1 2 3 4 5 6 7
`;

const losses = {
  "a host dies": "killHost",
  "the connections to a host are lost": "dropConnections",
} as const;

for (const [what, loss] of Object.entries(losses)) {
  testEngine(
    `GNU parallel: ${what}, other shards`,
    { parallel: ["parallel"], ...sshPackages },
    () =>
      inFolder({}, async (folder) => {
        await using gate = startGate();
        await writeRun(folder, gate.url);
        const expected = await oneMachine(folder);
        gate.close();
        await using hosts = await startHosts(folder, ["a", "b"], { HOME: Deno.env.get("HOME") ?? folder });
        const env = { PARALLEL_SSH: hosts.ssh, PARALLEL_HOME: folder };
        const running = new Deno.Command("sh", {
          args: ["-c", script],
          cwd: folder,
          env,
          stdin: "null",
          stdout: "piped",
          stderr: "piped",
        }).spawn().output();
        await until("four shards have journal entries", () => {
          return [0, 1, 2, 3].every((index) => progressOf(`${folder}/journal.${index}`).hasEntries) || undefined;
        }, () => "");
        await hosts[loss]("a");
        gate.open();
        const { code, stderr } = await running;
        assertEquals(code, 0, new TextDecoder().decode(stderr));

        const begun = Array.from({ length: shards }, (_, i) => progressOf(`${folder}/journal.${i}`).begun.join());
        assertEquals(begun.toSorted(), [...Array(6).fill("run"), ...Array(2).fill("run,resume")]);
        assert(await gathered(folder, Array.from({ length: shards }, (_, i) => `out.${i}`)) === expected);
      }),
  );
}
