import { assertEquals } from "@std/assert";
import { pipes } from "../../../../lib/exec/host/process/slot_pipes.ts";

/** Starts a program as a slot in Node is started. */
function start(given: string, args: readonly string[], env: Record<string, string> = {}): Deno.ChildProcess {
  const { program, args: all } = pipes.command(given, args, env);
  const options = { stdin: "piped", stdout: "piped", stderr: "piped", clearEnv: true } as const;
  return new Deno.Command(program, { ...options, args: [...all], env }).spawn();
}

const ignore = Deno.build.os === "windows";

Deno.test({
  name:
    "slot pipes: what one end writes the other reads, in pieces that it has place for; closed, the process hears its end",
  ignore,
  async fn() {
    const child = start("sh", ["-c", "cat <&4 >&3"]);
    const connection = pipes.to(child);
    assertEquals(await connection.write(Uint8Array.of(1, 2, 3)), 3);
    const two = new Uint8Array(2);
    assertEquals([await connection.read(two), ...two], [2, 1, 2]);
    assertEquals([await connection.read(two), two[0]], [1, 3]);
    connection.close();
    assertEquals((await child.status).code, 0);
    assertEquals(await connection.read(two), null);
    await child.stderr.cancel();
  },
});

Deno.test({
  name:
    "slot pipes: a program that is on our PATH is found, sees what is given and no PATH, and its stdout is our stderr",
  ignore,
  async fn() {
    const environments: readonly Record<string, string>[] = [{ A: "b" }, { A: "b", SHLVL: "7" }];
    for (const env of environments) {
      const { stdout, stderr, code } = await outputOf(start("env", [], env));
      const seen = stderr.split("\n").filter((line) => !/^_=|^$/.test(line)).map((line) => line.split("=")[0]);
      assertEquals([code, stdout, seen.toSorted()], [0, "", Object.keys(env)], "a shell may add _ alone");
    }
  },
});

Deno.test({
  name: "slot pipes: a program that is not there ends without a word on the pipes",
  ignore,
  async fn() {
    const child = start("/nosuch/program", []);
    const connection = pipes.to(child);
    assertEquals(await connection.read(new Uint8Array(1)), null);
    assertEquals((await child.status).code, 127);
    connection.close();
    await child.stderr.cancel();
  },
});

async function outputOf(child: Deno.ChildProcess) {
  await child.stdin.close();
  const { code, stdout, stderr } = await child.output();
  const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out, stderr: error };
}
