import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import { virtualThreads } from "../../streams/virtual_thread.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

/** Runs the command on virtual time; no wait and no thread may be left. */
async function streams(args: readonly string[], surroundings: TestSurroundings = {}) {
  using threads = virtualThreads();
  const called = await call(["streams", ...args], { clock: threads.clock, ...surroundings });
  assertEquals(threads.clock.open(), 0);
  return called;
}

const items = "#1 a b c #2 d e #3 f g #4 h i j #5".split(" ");
const printed = items.map((item) => item.startsWith("#") ? `Interval ${item}\n` : `Message: '${item}'\n`).join("");
const problems = "Problem: Elapsed(())\n".repeat(5);
const unsent = "Could not send interval 2001: channel closed\n";
const summary = (producer: string) =>
  `20 items: 10 messages, 5 timeouts, 5 intervals · producer: ${producer} ·${
    producer === "thread" ? "\n " : ""
  } backlog 1,995\n`;

Deno.test("streams: items on stdout, problems on stderr, nothing else", async () => {
  assertEquals(await streams([]), { code: 0, stdout: printed, stderr: problems + unsent });
  assertEquals(await streams(["--producer=task"]), { code: 0, stdout: printed, stderr: problems });
});

Deno.test("streams --producer both: a summary of each behind its items, and whether they agree", async () => {
  const { code, stdout, stderr } = await streams(["--producer", "both"]);
  assertEquals([code, stdout], [0, printed + printed]);
  const ends = [problems, summary("task"), problems, unsent, summary("thread")];
  assertEquals(stderr, `${ends.join("")}the items agree, in the same order\n`);
});

Deno.test("streams --json: the document of both runs, and nothing on stderr", async () => {
  const { code, stdout, stderr } = await streams(["--producer", "both", "--json"]);
  assertEquals([code, stderr], [0, ""]);
  const { schema, tool, command, startedAt, elapsedMs, machine, options, seed, result }: Document<"streams"> = JSON
    .parse(stdout);
  assertEquals([schema, tool.name, command, seed, elapsedMs], [1, "tandem", "streams", null, 4002]);
  for (const field of ["version", "deno", "v8"] as const) assertMatch(tool[field], /^\d/);
  assertEquals([startedAt, machine.cpu], ["2026-01-02T03:04:05.000Z", "Test CPU"]);
  assertEquals((options as { producer: string }).producer, "both");
  const { runs, ...agreement } = result;
  assertEquals(agreement, { agree: true, difference: "", sameOrder: true });
  assertEquals(runs.map(({ producer }) => producer), ["task", "thread"]);
  for (const { items, backlog, unsent, elapsedMs } of runs) {
    assert(unsent === null || unsent > backlog, `${unsent}`);
    assertEquals([backlog, elapsedMs, items.length], [1995, 2001, 20]);
    assertEquals(items.slice(0, 4), [
      { atMs: 1, kind: "interval", text: "Interval #1" },
      { atMs: 100, kind: "message", text: "Message: 'a'" },
      { atMs: 300, kind: "timeout", text: "Problem: Elapsed(())" },
      { atMs: 400, kind: "message", text: "Message: 'b'" },
    ]);
    assertEquals(items.at(-1), { atMs: 2001, kind: "interval", text: "Interval #5" });
  }
});

Deno.test("streams: a terminal shows moments and a summary, --plain the book's lines only", async () => {
  const style = { terminal: true };
  const { stdout, stderr } = await streams(["--producer=task", "--take=3"], { style });
  assertEquals(
    stdout,
    "   1 ms  Interval #1\n 100 ms  Message: 'a'\n" +
      "3 items: 1 message, 1 timeout, 1 interval · producer: task · backlog 298\n",
  );
  assertEquals(stderr, " 300 ms  Problem: Elapsed(())\n");
  const plain = await streams(["--producer=task", "--take=3", "--plain"], { style });
  assertEquals(plain, { code: 0, stdout: "Interval #1\nMessage: 'a'\n", stderr: "Problem: Elapsed(())\n" });
});

Deno.test("streams: progress on stderr where the items go elsewhere, with room for what else is written there", async () => {
  const painted = async (args: readonly string[], surroundings: TestSurroundings) =>
    (await streams(args, surroundings)).stderr.split("\r\x1b[K");
  const piped = { stderrStyle: { terminal: true } };
  const both = await painted(["--producer=both", "--take=5"], piped);
  assertEquals(both.slice(0, 5), [ // then a real thread starts, while virtual time goes on
    "",
    "⠹ 2/10 items  ████░░░░░░░░░░░░░░░░░░░░  20 %  ETA 1 s",
    "Problem: Elapsed(())\n",
    "⠼ 4/10 items  █████████░░░░░░░░░░░░░░░  40 %  ETA 1 s",
    "5 items: 3 messages, 1 timeout, 1 interval · producer: task · backlog 498\n",
  ]);
  const json = await painted(["--producer=task", "--take=3", "--json"], { style: { terminal: true } });
  assertEquals(json.map((line) => line.slice(0, 11)), ["", "⠹ 2/3 items", ""]);
  for (const style of [{ terminal: true }, {}]) {
    assertEquals((await painted(["--producer=task", "--take=4"], { style })).length, 1);
  }
});

Deno.test("streams: its flags are those of the listing", async () => {
  const patient = await streams(["--producer=task", "--timeout=301ms", "--throttle=1s", "--interval=10ms"]);
  assertEquals(patient.stderr, "");
  assertMatch(patient.stdout, /^Interval #1\n(Message: '[a-e]'\n){5}Interval #2\n/);
  for (const producer of ["task", "thread"]) {
    const { code, stdout } = await streams(["--take=0", `--producer=${producer}`]);
    assertEquals([code, stdout], [0, ""]);
  }
});

Deno.test("streams: what it exports is what --json prints, and the text stays as it is", async () => {
  await inFolder({}, async (folder) => {
    const file = `${folder}/f.json`;
    const { stdout } = await streams(["--producer=task", "--json", "--export-json", file]);
    assertEquals(Deno.readTextFileSync(file), stdout);
    const text = await streams(["--producer=task", "--export-json", file, "--export-csv", `${folder}/f.csv`]);
    assertEquals(text, { code: 0, stdout: printed, stderr: problems });
    assertEquals(JSON.parse(Deno.readTextFileSync(file)).result, JSON.parse(stdout).result);
    assertEquals(Deno.readTextFileSync(`${folder}/f.csv`).split("\r\n").length, 22);
  });
  const { stdout, stderr } = await streams(["--producer=task", "--take=3", "--export-ndjson", "-"]);
  assertEquals([stdout.split("\n").length, JSON.parse(stdout.split("\n")[0]).text, stderr], [4, "Interval #1", ""]);
});

Deno.test("streams: an export that can no longer be written: the items are shown, and the code says so", async () => {
  await inFolder({ "sub/x": "" }, async (folder) => {
    let gone = false;
    const onWrite = () => {
      if (!gone) Deno.removeSync(`${folder}/sub`, { recursive: true });
      gone = true;
    };
    using threads = virtualThreads();
    const args = ["streams", "--producer=task", "--export-json", `${folder}/sub/f.json`];
    const { code, stdout, stderr } = await failingCall(args, { clock: threads.clock, onWrite });
    assertEquals([code, stdout], [3, printed]);
    assertStringIncludes(stderr, `tandem: cannot write to ${folder}/sub/f.json: No such file or directory`);
  });
});

Deno.test("streams: stopped, it exports what there is", async () => {
  const stop = new AbortController();
  await inFolder({}, async (folder) => {
    const file = `${folder}/f.json`;
    const onWrite = ({ stdout }: { readonly stdout: string }) => stdout.includes("'b'") && stop.abort();
    await streams(["--producer=both", "--export-json", file], { stop: stop.signal, onWrite });
    const { runs } = JSON.parse(Deno.readTextFileSync(file)).result;
    assertEquals(runs.map(({ items }: { items: unknown[] }) => items.length), [4]);
  });
});

Deno.test("streams: stopped, it closes everything and starts no other run", async () => {
  const stop = new AbortController();
  const { stdout, stderr } = await streams(["--producer=both"], {
    stop: stop.signal,
    onWrite: ({ stdout }) => stdout.includes("'b'") && stop.abort(),
  });
  assertEquals(stdout, "Interval #1\nMessage: 'a'\nMessage: 'b'\n");
  assertEquals(
    stderr,
    "Problem: Elapsed(())\n4 items: 2 messages, 1 timeout, 1 interval · producer: task · backlog 398\n",
  );
});

Deno.test("streams: stopped before it begins, it starts nothing", async () => {
  assertEquals(await streams([], { stop: AbortSignal.abort() }), { code: 0, stdout: "", stderr: "" });
});
