import { assertEquals, assertRejects } from "@std/assert";
import { execJob } from "../../../lib/jobs/exec/exec_job.ts";
import { loadJob } from "../../../lib/jobs/load.ts";
import type { ExecTemplate } from "../../../lib/model/exec.ts";

const ignore = Deno.build.os === "windows";
const text = (of: unknown) => new TextDecoder().decode(of as Uint8Array);

/** `sh -c SCRIPT sh ITEM NUMBER PLACE`: what the job gives for these items, all at once, and what went to stderr. */
async function results(script: string, items: readonly unknown[], form: Partial<ExecTemplate> = {}) {
  let stderr = "";
  const args = [["-c"], [script], ["sh"], [{ placeholder: "{}" }], [{ placeholder: "{#}" }], [{
    placeholder: "{%}",
  }]] as const;
  const job = execJob(
    { program: "sh", args, result: "bytes", maxResult: 100, ...form },
    (bytes) => stderr += text(bytes),
  );
  const { signal } = new AbortController();
  const gave = await Promise.allSettled(
    items.map(async (item, index) => await job.run(item, { signal, index, thread: 0, state: undefined })),
  );
  await job.teardown?.(undefined);
  return { gave, stderr };
}

/** The one value of the one item. */
async function value(script: string, item: unknown, form: Partial<ExecTemplate> = {}): Promise<unknown> {
  const { gave: [one] } = await results(script, [item], form);
  if (one.status === "rejected") throw one.reason;
  return one.value;
}

Deno.test({
  name: "a command's result: its bytes, with a newline at their end; the same as text, and in a record, unchanged",
  ignore,
  async fn() {
    assertEquals(text(await value('printf "a\\nb"', "")), "a\nb\n");
    assertEquals(text(await value("echo", "")), "\n");
    assertEquals(await value(":", ""), new Uint8Array());
    assertEquals(await value("printf '\\377'", ""), Uint8Array.of(255, 10));
    assertEquals(await value('printf "$1"', "é", { result: "text" }), "é");
    assertEquals(await value("echo $1", "x", { result: "record" }), { stdout: "x\n" });
    await assertRejects(() => value("printf '\\377'", "", { result: "text" }), TypeError, "its stdout is not UTF-8");
  },
});

Deno.test({
  name: "a command's argument: one, whatever is in it; a value that is no text is JSON; a NUL is refused",
  ignore,
  async fn() {
    for (const item of ["", " a  b ", "$(exit 1) `x` ; '\"", "-n", "*", "é\n", "\\"]) {
      assertEquals(await value('printf %s "$1"', item, { result: "text" }), item);
    }
    assertEquals(await value('printf %s "$1"', { a: [1, "b"] }, { result: "text" }), '{"a":[1,"b"]}');
    assertEquals(await value('printf %s "$1"', null, { result: "text" }), "null");
    await assertRejects(() => value(":", "a\0b"), TypeError, "the item holds a NUL");
  },
});

Deno.test({
  name: "a command's exit status is the outcome: how it ended and its first error; its stdout goes to stderr",
  ignore,
  async fn() {
    const { gave, stderr } = await results('echo "out $1"; echo "err $1" >&2; exit 4', ["x"]);
    const { reason } = gave[0] as PromiseRejectedResult;
    assertEquals([reason.name, reason.message], ["ExitError", "exit status 4: err x"]);
    assertEquals(stderr, "err x\nout x\n");
    const killed = await assertRejects(() => value("kill -TERM $$", "x"), Error);
    assertEquals([killed.name, killed.message], ["ExitError", "ended by SIGTERM"]);
  },
});

Deno.test({
  name: "a command's result may be as long as is allowed, and is handed on as too long otherwise",
  ignore,
  async fn() {
    for (const result of ["bytes", "text"] as const) {
      assertEquals((await value("printf %099d 0; echo", "", { result }) as { length: number }).length, 100);
      assertEquals((await value("printf %0200d 0; exit 1", "", { result }) as { length: number }).length, 200);
    }
  },
});

Deno.test({
  name: "commands that run at once have different places, from 1 on, and numbers of their items",
  ignore,
  async fn() {
    const { gave } = await results('echo "$2 $3"', ["a", "b", "c"], { result: "text" });
    assertEquals(gave.map((one) => one.status === "fulfilled" && one.value), ["1 1\n", "2 2\n", "3 3\n"]);
    assertEquals(await value("echo $3", "a", { result: "text" }), "1\n");
  },
});

Deno.test("a command is loaded as a job, without a permission to read", async () => {
  const template = { program: "true", args: [], result: "bytes", maxResult: 1 } as const;
  assertEquals((await loadJob({ kind: "exec", template })).kind, "loaded");
});
