import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type Ended, runProgram } from "../../../lib/jobs/exec/run_program.ts";
import { gone } from "../../faults/process.ts";

const ignore = Deno.build.os === "windows";
const linux = Deno.build.os === "linux";
const text = (of: Uint8Array) => new TextDecoder().decode(of);

/** Runs a shell script. `onError`: called with what it has written to stderr so far. */
async function sh(
  script: string,
  { signal = new AbortController().signal, maxBytes = 1e6, onError = (_so_far: string) => {} } = {},
): Promise<Ended & { readonly stderr: string }> {
  let stderr = "";
  const writeError = (lines: Uint8Array) => {
    stderr += text(lines);
    onError(stderr);
  };
  return { ...await runProgram("sh", ["-c", script], { signal, maxBytes, writeError }), stderr };
}

/** Aborts as soon as a script says `up` and numbers of processes; these numbers, when it has ended. */
async function aborted(script: string): Promise<{ readonly pids: readonly number[]; readonly stderr: string }> {
  const controller = new AbortController();
  let said = "";
  const onError = (stderr: string) => {
    said = stderr;
    if (stderr.includes("up")) controller.abort(new Error("as asked"));
  };
  await assertRejects(() => sh(script, { signal: controller.signal, onError }), Error, "as asked");
  const [, pids = ""] = /up(.*)/.exec(said) ?? [];
  return { pids: pids.trim().split(" ").map(Number), stderr: said };
}

Deno.test({
  name: "a program: its output, its first error, its exit status, and no stdin",
  ignore,
  async fn() {
    const { status, stdout, firstError, stderr } = await sh(
      "cat; printf 'a\\n\\000b'; echo one >&2; echo two >&2; exit 3",
    );
    assertEquals([status.code, text(stdout), firstError, stderr], [3, "a\n\0b", "one", "one\ntwo\n"]);
    assertEquals((await sh("kill -9 $$")).status.signal, "SIGKILL");
    assertEquals((await sh("")).stdout.length, 0);
  },
});

Deno.test({
  name: "a program that cannot be started: which, and why",
  ignore,
  async fn() {
    const options = { signal: new AbortController().signal, maxBytes: 1, writeError: () => {} };
    const error = await assertRejects(() => runProgram("tandem-no-such", [], options), Error);
    assertEquals([error.name, error.message.startsWith("cannot start tandem-no-such: ")], ["StartError", true]);
    const tooLong = await assertRejects(() => runProgram("true", ["x".repeat(4e6)], options), Error);
    assertEquals([tooLong.name, tooLong.message], ["StartError", "cannot start true: Argument list too long"]);
  },
});

Deno.test({
  name: "a program that is not wanted any more is not started",
  ignore,
  async fn() {
    const signal = AbortSignal.abort(new Error("too late"));
    await assertRejects(() => sh("echo up >&2", { signal, onError: () => assert(false, "it was") }), Error, "too late");
  },
});

Deno.test({
  name: "a program that is ended gets SIGTERM, and so does what it has started; it may clean up",
  ignore,
  async fn() {
    const inner = `trap "echo cleaned >&2; exit" TERM; echo up >&2; while :; do sleep 0.02; done`;
    const { stderr } = await aborted(`sh -c '${inner}' & wait`);
    assertStringIncludes(stderr, "cleaned\n");
  },
});

Deno.test({
  name: "a program that ignores SIGTERM is killed, with what it has started",
  ignore: !linux,
  async fn() {
    const { pids } = await aborted(`trap "" TERM; sleep 600 & echo up $$ $! >&2; while :; do sleep 600; done`);
    assertEquals(pids.length, 2);
    await gone(pids, 100);
  },
});

Deno.test({
  name: "a program that ends at once leaves nothing behind that has closed its output and ignores SIGTERM",
  ignore: !linux,
  async fn() {
    const stubborn = `trap "" TERM; exec >&- 2>&-; while :; do sleep 600; done`;
    const { pids } = await aborted(`sh -c '${stubborn}' & echo up $! >&2; wait`);
    await gone(pids, 100);
  },
});

Deno.test({
  name: "a program that has left the group and keeps the output open does not hold up the end",
  ignore: !linux,
  async fn() {
    const { pids } = await aborted(`setsid sh -c 'echo up $$ >&2; exec sleep 600' & wait`);
    Deno.kill(pids[0], "SIGKILL");
  },
});

Deno.test({
  name: "a program that writes more than it may is ended, and what it wrote is more than that",
  ignore,
  async fn() {
    const { stdout, status } = await sh("while :; do echo 0123456789; done", { maxBytes: 100_000 });
    assert(stdout.length > 100_000 && stdout.length < 1e6, `${stdout.length}`);
    assertEquals(status.success, false);
    assertEquals((await sh("echo 12345678", { maxBytes: 9 })).stdout.length, 9);
  },
});
