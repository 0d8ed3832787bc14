import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { endOf, type FormatEvent, nameOf, validTrace } from "../../report/trace/valid_trace.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import { spawn, testEach } from "../programs.ts";

const [records, echo, misbehaves, countUp] = ["records", "echo", "misbehaves", "count_up"]
  .map((name) => `tests/fixtures/jobs/${name}.js`);

/** Runs a job with a trace; what it returned, and the events of the trace, which is valid. */
async function traced(job: string, flags: readonly string[], stdin: string) {
  return await inFolder({}, async (root) => {
    const called = await call(["run", job, "--trace", `${root}/trace.json`, "-q", ...flags], { stdin });
    const events = validTrace(Deno.readTextFileSync(`${root}/trace.json`));
    assertEquals([...Deno.readDirSync(root)].map(({ name }) => name), ["trace.json"]);
    return { ...called, events };
  });
}

/** The spans of items by their lines: one for each attempt that waited for nothing, two for one that did. */
function byLine(events: readonly FormatEvent[]): Map<unknown, FormatEvent[]> {
  const items = events.filter(({ ph, name }) => ph === "X" && (name === "run" || name === "wait"));
  return Map.groupBy(items, ({ args }) => args.line);
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}\n`).join("");

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --trace --isolate=${isolate}: each item is there, in the thread and task that it ran in`, async () => {
    const waits = Array.from({ length: 60 }, (_, i) => `{"wait":${i % 5},"value":${i}}\n`).join("");
    const { events, stdout } = await traced(records, ["-j2", "--tasks=4", `--isolate=${isolate}`], waits);
    assertEquals(stdout.trimEnd().split("\n").length, 60);
    const items = byLine(events);
    assertEquals([...items.keys()].map(Number).toSorted((a, b) => a - b), Array.from({ length: 60 }, (_, i) => i + 1));
    for (const [line, [run, wait, ...rest]] of items) {
      assertEquals([run.name, wait.name, rest], ["run", "wait", []]);
      assertEquals([endOf(run), run.tid, run.args.outcome], [wait.ts, wait.tid, "ok"]);
      assert(wait.dur! >= (Number(line) - 1) % 5 * 1000 - 1000, JSON.stringify(wait));
    }
    const tracks = new Set(events.filter(({ name }) => name === "run").map((run) => nameOf(events, "thread", run)));
    assert([...tracks].every((name) => /^task [0-3]$/.test(String(name))), [...tracks].join());
    for (const name of ["queue", "send"]) {
      const spans = events.filter((event) => event.ph === "X" && event.name === name);
      assertEquals(spans.reduce((sum, { args }) => sum + Number(args.items), 0) >= 60, true, name);
    }
  });
}

Deno.test("run --trace: items of a job that waits for nothing run, and wait is not there", async () => {
  const { events } = await traced(echo, ["-j1", "--tasks=2"], numbers(2_000));
  const items = byLine(events);
  assertEquals([items.size, [...items.values()].every(([{ name }, ...rest]) => name === "run" && rest.length === 0)], [
    2_000,
    true,
  ]);
});

Deno.test("run --trace: attempts, errors, retries, a thread that is ended and replaced", async () => {
  const failing = await traced(records, ["-j1", "--retries=1"], '1\n{"fail":"</script>"}\nnot JSON\n');
  const spans = [...byLine(failing.events).values()].flat();
  assertEquals(
    spans.filter(({ name }) => name === "run").map(({ args }) => [args.line, args.attempt, args.outcome, args.error])
      .toSorted(),
    [
      [1, 1, "ok", undefined],
      [2, 1, "error", "RangeError"],
      [2, 2, "error", "RangeError"],
      [3, 1, "not-json", "SyntaxError"],
      [3, 2, "not-json", "SyntaxError"],
    ],
  );
  assertEquals(spans.every(({ cname, args }) => (cname === "terrible") === (args.outcome !== "ok")), true);
  const retries = failing.events.filter(({ name }) => name === "retry");
  assertEquals(retries.map(({ ph, args }) => [ph, args.attempt]), [["i", 2], ["i", 2]]);

  const blocked = await traced(misbehaves, ["-j1", "--timeout=100ms", "--input=lines"], "a\nblock\nb\n");
  const outcomes = [...byLine(blocked.events).values()].flat().map(({ args }) => [args.line, args.outcome]);
  assertEquals(outcomes.toSorted(), [[1, "ok"], [2, "timeout"], [3, "ok"]]);
  const points = blocked.events.filter(({ ph }) => ph === "i").map(({ name }) => name);
  assertEquals(points, ["kill", "restart"]);
});

Deno.test("run --trace: the width that a run chooses, items per second, and in flight: none at its end", async () => {
  const { events } = await traced(echo, ["--mode=auto"], numbers(20_000));
  const counters = Map.groupBy(events.filter(({ ph }) => ph === "C"), ({ name }) => name);
  assertEquals([...counters.keys()].toSorted(), ["items in flight", "items per second", "width"]);
  assertEquals(counters.get("width")![0].args, { threads: 1, tasks: 1 });
  assertEquals(counters.get("items in flight")!.at(-1)!.args, { items: 0 });
});

Deno.test("run --trace with --log: both are written, and a generator's item is one span", async () => {
  await inFolder({}, async (root) => {
    const flags = ["-q", "-j1", "--trace", `${root}/trace`, "--log", `${root}/log`];
    await call(["run", countUp, ...flags], { stdin: "3\n0\n" });
    const events = validTrace(Deno.readTextFileSync(`${root}/trace`));
    assertEquals([...byLine(events).values()].flat().map(({ name, args }) => [name, args.bytes]), [["run", 6], [
      "run",
      0,
    ]]);
    assertEquals(Deno.readTextFileSync(`${root}/log`).trimEnd().split("\n").length, 2);
  });
});

Deno.test("run --trace: is opened before anything runs, is no other file of the run, and stays where none began", async () => {
  await inFolder({ items: "1\n", trace: "an old one" }, async (root) => {
    for (const path of [`${root}/none/trace`, root, "-", "/dev/stdout"]) {
      const { code, stdout, stderr } = await failingCall(["run", echo, `${root}/items`, "--trace", path]);
      assertEquals([code, stdout], [2, ""]);
      assertStringIncludes(stderr, "cannot write");
    }
    const same = await failingCall(["run", echo, `${root}/items`, "--trace", `${root}/items`]);
    assertEquals(same.code, 2);
    assertStringIncludes(same.stderr, "are the same file");
    const twice = await failingCall(["run", echo, `${root}/items`, "--trace", `${root}/x`, "--log", `${root}/x`]);
    assertStringIncludes(twice.stderr, "are the same file");
    const noJob = ["run", "tests/fixtures/jobs/no_default.js", `${root}/items`, "--trace", `${root}/trace`];
    assertEquals((await failingCall(noJob)).code, 2);
    assertEquals(Deno.readTextFileSync(`${root}/trace`), "an old one");
    assertEquals([...Deno.readDirSync(root)].map(({ name }) => name).toSorted(), ["items", "trace"]);
  });
});

Deno.test("run --trace: its folder is removed meanwhile: all results, all of the summary, and 3", async () => {
  await inFolder({ "sub/x": "" }, async (root) => {
    let isThere = true;
    const onWrite = ({ stdout }: { readonly stdout: string }) => {
      if (isThere && stdout !== "") Deno.removeSync(`${root}/sub`, { recursive: true });
      isThere = stdout === "";
    };
    const trace = `${root}/sub/trace`;
    const called = await call(["run", echo, "-j1", "--trace", trace], { stdin: numbers(300), onWrite });
    assertEquals([called.code, called.stdout], [3, numbers(300)]);
    const [warning, summary] = called.stderr.replaceAll("\n  ", " ").split("\n");
    assertStringIncludes(warning, `! cannot write to ${trace}: `);
    assertStringIncludes(warning, "; the run has no trace");
    assertStringIncludes(summary, "done: 300 ok, 0 failed (exit 3)");
  });
});

testEach("run --trace: what a killed program has written can be opened when it is closed", async (program) => {
  await inFolder({}, async (root) => {
    let isThere = false;
    async function* items() {
      while (!isThere) yield new TextEncoder().encode('{"wait":50,"value":1}\n');
    }
    const running = spawn(program, ["run", records, "-j1", "-q", "--trace", `${root}/trace.json`], { input: items() });
    let text = "";
    while (!text.includes('"line":1')) {
      await running.lines(1);
      const [{ name }] = Deno.readDirSync(root);
      assert(/^trace\.json\.\w{8}\.part$/.test(name), name);
      text = Deno.readTextFileSync(`${root}/${name}`);
    }
    isThere = true;
    running.kill("SIGKILL");
    await running.ended();
    const [{ name }] = Deno.readDirSync(root);
    const events = validTrace(`${Deno.readTextFileSync(`${root}/${name}`)}]`);
    assertEquals(byLine(events).has(1), true);
  });
});
