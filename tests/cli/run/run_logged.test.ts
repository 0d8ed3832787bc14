import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Host } from "../../../lib/exec/host/host.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";
import { inFolder } from "../in_folder.ts";

const [records, echo, countUp, misbehaves] = ["records", "echo", "count_up", "misbehaves"]
  .map((name) => `tests/fixtures/jobs/${name}.js`);

/** A record of the log. */
interface Logged {
  readonly line: number;
  readonly slot: number;
  readonly attempt: number;
  readonly start: string | null;
  readonly ms: number | null;
  readonly outcome: string;
  readonly error?: string;
  readonly bytes: number;
}

/** Runs a job with a log; what it returned, and the records. */
async function logged(job: string, flags: readonly string[], stdin: string) {
  return await inFolder({}, async (root) => {
    const path = `${root}/run.log`;
    const called = await call(["run", job, "--log", path, "-q", ...flags], { stdin });
    return { ...called, log: read(path) };
  });
}

function read(path: string): Logged[] {
  return Deno.readTextFileSync(path).trimEnd().split("\n").map((line) => JSON.parse(line));
}

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --log --isolate=${isolate}: each attempt of each item, whatever becomes of it`, async () => {
    const before = Date.now();
    const input = '{"value":"é","wait":30}\n\n{"fail":"no"}\nnot JSON\n{"value":[1,2]}\n';
    const { code, log, stdout } = await logged(records, ["-j2", "--retries=1", `--isolate=${isolate}`], input);
    assertEquals([code, stdout], [1, '"é"\n[1,2]\n']);
    const found = log.map(({ line, attempt, outcome, error, bytes }) => [line, attempt, outcome, error, bytes > 0]);
    assertEquals(found.toSorted((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1])), [
      [1, 1, "ok", undefined, true],
      [3, 1, "error", "RangeError", true],
      [3, 2, "error", "RangeError", true],
      [4, 1, "not-json", "SyntaxError", true],
      [4, 2, "not-json", "SyntaxError", true],
      [5, 1, "ok", undefined, true],
    ]);
    const bytes = log.filter(({ outcome }) => outcome === "ok").reduce((sum, { bytes }) => sum + bytes, 0);
    assertEquals(bytes, new TextEncoder().encode(stdout).length);
    const slow = log.find(({ line }) => line === 1)!;
    assert(slow.ms! >= 29, `${slow.ms}`);
    for (const { start, ms, slot } of log) {
      assertMatch(start!, /^2026-01-02T03:04:\d\d\.\d{6}Z$/); // when the test's program began
      assert(ms! >= 0 && ms! <= Date.now() - before + 1 && [0, 1].includes(slot));
    }
  });

  Deno.test(`run --log --isolate=${isolate}: an item that runs into its time limit, and one beside it`, async () => {
    const flags = ["-j1", "--tasks=2", "--timeout=100ms", `--isolate=${isolate}`];
    const { code, log } = await logged(records, flags, '{"wait":100000}\n{"value":1}\n');
    assertEquals(code, 1);
    assertEquals(log.map(({ line, attempt, outcome, error }) => [line, attempt, outcome, error]), [
      [2, 1, "ok", undefined],
      [1, 1, "timeout", "TimeoutError"],
    ]);
    assert(log[1].ms! >= 100 && log[1].start !== null, JSON.stringify(log[1]));
  });
}

Deno.test("run --log: an item that blocks its thread until its process is killed; main knows when it started", async () => {
  const flags = ["-j1", "--timeout=100ms", "--input=lines"];
  const { code, log } = await logged(misbehaves, flags, "a\nblock\nb\n");
  assertEquals(code, 1);
  const byLine = log.toSorted((a, b) => a.line - b.line);
  assertEquals(byLine.map(({ line, outcome, bytes }) => [line, outcome, bytes]), [
    [1, "ok", 4],
    [2, "timeout", 0],
    [3, "ok", 4],
  ]);
  const [, blocking, next] = byLine;
  assert(blocking.ms! >= 100 && blocking.start! < next.start!, JSON.stringify(log));
});

Deno.test("run --log: many items of many slots are each there once, and their bytes are those of the results", async () => {
  const items = 5_000;
  const input = Array.from({ length: items }, (_, i) => `"${"é".repeat(i % 7)}"\n`).join("");
  const { log, stdout } = await logged(echo, ["-j2", "--tasks=3", "--unordered"], input);
  assertEquals(log.map(({ line }) => line).toSorted((a, b) => a - b), Array.from({ length: items }, (_, i) => i + 1));
  assertEquals(log.every(({ line, bytes }) => bytes === 3 + 2 * ((line - 1) % 7)), true);
  assertEquals(log.reduce((sum, { bytes }) => sum + bytes, 0), new TextEncoder().encode(stdout).length);
});

Deno.test("run --log: a generator's bytes are those of all its values", async () => {
  const { log } = await logged(countUp, ["-j1"], "3\n0\n");
  assertEquals(log.map(({ line, outcome, bytes }) => [line, outcome, bytes]), [[1, "ok", 6], [2, "ok", 0]]);
});

Deno.test("run --log: a run that goes on appends to it; the next one overwrites it", async () => {
  await inFolder({}, async (root) => {
    const [log, journal] = [`${root}/run.log`, `${root}/journal`];
    const run = (flags: string[]) =>
      call(["run", records, "-q", "--log", log, ...flags], { stdin: '{"fail":"x"}\n1\n' });
    const lines = () => read(log).map(({ line }) => line).toSorted();
    await run(["--journal", journal]);
    assertEquals(lines(), [1, 2]);
    await run(["--journal", journal]);
    assertEquals(lines(), [1, 2]);
    await run(["--retry-failed", journal]);
    assertEquals(lines(), [1, 1, 2]);
    await run([]);
    assertEquals(lines(), [1, 2]);
  });
});

Deno.test("run --log: is opened before anything runs, and is no other file of the run", async () => {
  await inFolder({ items: "1\n" }, async (root) => {
    for (const path of [`${root}/none/log`, root, "-"]) {
      const { code, stdout, stderr } = await failingCall(["run", echo, `${root}/items`, "--log", path]);
      assertEquals([code, stdout], [2, ""]);
      assertStringIncludes(stderr, "cannot write");
    }
    const same = await failingCall(["run", echo, `${root}/items`, "--log", `${root}/items`]);
    assertEquals(same.code, 2);
    assertStringIncludes(same.stderr, "are the same file");
    assertEquals(Deno.readTextFileSync(`${root}/items`), "1\n");
  });
});

Deno.test({
  name:
    "run --log: a file that cannot be written any more ends the log with one warning; the run goes on, and ends with 3",
  ignore: Deno.build.os === "windows", // it has no named pipes of this kind
  fn: () =>
    inFolder({}, async (root) => {
      const [pipe, summary] = [`${root}/pipe`, `${root}/summary`];
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const reader = new Deno.Command("head", { args: ["-c", "1", pipe], stdout: "null" }).spawn();
      async function* stdin() {
        yield "1\n";
        await reader.status; // it has read a part of the first record
        yield "2\n3\n";
      }
      const flags = ["-j1", "--log", pipe, "--export-json", summary];
      const { code, stdout, stderr } = await call(["run", echo, ...flags], { stdin: stdin() });
      assertEquals([code, stdout], [3, "1\n2\n3\n"]);
      const [warning, done, ...rest] = stderr.split("\n");
      assertEquals(
        warning,
        `! cannot write to ${pipe}: Broken pipe; choose another place; the log ends here, and the run goes on`,
      );
      assertStringIncludes(done, "done: 3 ok, 0 failed (exit 3)");
      assertEquals([rest, JSON.parse(Deno.readTextFileSync(summary)).result.exitCode], [[""], 3]);
    }),
});

Deno.test("run: when items ran is reported only if somebody asks: all for a log, some for a terminal or a summary", async () => {
  await inFolder({}, async (root) => {
    const asked = async (flags: readonly string[], surroundings: TestSurroundings = {}) => {
      const machine = fakeMachine({ computingMs: 1 });
      const spans: string[] = [];
      const host: Host = (...given) => {
        const slot = machine.host(...given);
        const post: typeof slot.post = (message) => {
          if (message.kind === "load") spans.push(message.spans);
          slot.post(message);
        };
        return { ...slot, post };
      };
      await call(["run", echo, "-j1", ...flags], { ...machine, host, stdin: "1\n2\n", ...surroundings });
      return spans;
    };
    const onTerminal = { stderrStyle: { terminal: true } };
    assertEquals(await asked([]), ["none"]);
    assertEquals(await asked([], onTerminal), ["some"]);
    assertEquals(await asked(["-q"], onTerminal), ["none"]);
    assertEquals(await asked(["--export-csv", `${root}/a`]), ["some"]);
    assertEquals(await asked(["--export-json", `${root}/a`]), ["first"]);
    assertEquals(await asked(["--export-html", `${root}/a`], onTerminal), ["first"]);
    assertEquals(await asked(["--log", `${root}/b`, "--export-json", `${root}/a`], onTerminal), ["all"]);
  });
});
