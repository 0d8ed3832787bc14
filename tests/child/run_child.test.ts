import { assert, assertEquals, assertMatch } from "@std/assert";
import { type ChildOptions, runChild } from "../../lib/child/run_child.ts";

/** Starts the program of tests with those flags. */
function start(...flags: readonly string[]): NonNullable<ChildOptions<unknown>["start"]> {
  const program = new URL("child_program.ts", import.meta.url);
  const args = ["run", "--frozen", "--cached-only", "--no-prompt", "--no-check", "--allow-all", ...flags];
  return { program: Deno.execPath(), args: [...args, program.pathname] };
}

/** How a measurement of the program of tests ends, and what it reports. */
async function measured(name: string, options: ChildOptions<unknown> & { readonly input?: unknown } = {}) {
  const reports: unknown[] = [];
  const { input, onReport = () => {}, ...rest } = options;
  const end = await runChild<unknown>(name, input, {
    start: start(),
    ...rest,
    onReport: (report) => (reports.push(report), onReport(report)),
  });
  return { end, reports };
}

/** Whether a process is there. */
async function isRunning(pid: unknown): Promise<boolean> {
  return (await new Deno.Command("kill", { args: ["-0", String(pid)], stderr: "null" }).output()).success;
}

Deno.test("child: its reports come in order, and then its end", async () => {
  assertEquals(await measured("counts", { input: 5 }), { end: { kind: "done" }, reports: [0, 1, 2, 3, 4] });
});

Deno.test("child: the caller says enough, and nothing more comes", async () => {
  const enough = (report: unknown) => report === 2 ? "enough" as const : undefined;
  assertEquals(await measured("counts", { input: 1e6, onReport: enough }), {
    end: { kind: "stopped" },
    reports: [0, 1, 2],
  });
});

for (const name of ["waits", "spins"]) {
  Deno.test(`child: the signal kills one that ${name}`, async () => {
    const stop = new AbortController();
    const { end, reports: [pid] } = await measured(name, {
      signal: stop.signal,
      onReport: async (pid) => {
        assert(await isRunning(pid));
        stop.abort();
      },
    });
    assertEquals(end, { kind: "stopped" });
    assert(!await isRunning(pid));
  });
}

Deno.test("child: none is started when the signal has aborted", async () => {
  const gone = { program: "/no/such/program", args: [] };
  assertEquals((await measured("waits", { signal: AbortSignal.abort(), start: gone })).end, { kind: "stopped" });
});

Deno.test("child: killed, crashed, ended early and not started are ends, not errors", async () => {
  assertEquals(await measured("kills"), { end: { kind: "killed", signal: "SIGKILL", said: "" }, reports: ["alive"] });
  const { end: crashed } = await measured("crashes");
  assert(crashed.kind === "failed" && crashed.code === 1, JSON.stringify(crashed));
  assertMatch(crashed.said, /it broke/);
  assertEquals((await measured("exits")).end, { kind: "failed", code: 7, said: "not a report" });
  const missing = await measured("waits", { start: { program: "/no/such/program", args: [] } });
  assertEquals(missing.end, { kind: "failed", code: null, said: "No such file or directory" });
});

Deno.test("child: a heap that is exhausted is a kill, with what V8 said", async () => {
  const { end } = await measured("exhausts", { start: start("--v8-flags=--max-old-space-size=32") });
  assert(end.kind === "killed", JSON.stringify(end));
  assertMatch(end.said, /out of memory/i);
});

Deno.test({
  name: "child: Ctrl-C is its parent's affair; its parent's death is its end, whatever its threads do",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { program, args } = start();
    const child = new Deno.Command(program, { args: [...args], stdin: "piped", stdout: "piped", stderr: "inherit" })
      .spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode('{"name":"spins"}\n'));
    const reader = child.stdout.getReader();
    const { report: pid } = JSON.parse(new TextDecoder().decode((await reader.read()).value));
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.kill(pid, signal);
    await writer.close();
    assertEquals((await child.status).signal, "SIGKILL");
    await reader.cancel();
  },
});
