import { assert, assertEquals, assertMatch } from "@std/assert";
import { run, spawn, testEach } from "../programs.ts";

interface Item {
  readonly atMs: number;
  readonly kind: "message" | "interval" | "timeout";
  readonly text: string;
}

interface Document {
  readonly schema: number;
  readonly tool: Readonly<Record<"name" | "version" | "deno" | "v8" | "target", string>>;
  readonly command: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly machine: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number | null;
  readonly result: {
    readonly runs: readonly {
      readonly producer: string;
      readonly items: readonly Item[];
      readonly backlog: number;
      readonly unsent: number | null;
      readonly elapsedMs: number;
    }[];
    readonly agree: boolean;
  };
}

/** The letters between which each interval comes; only {c,#2}, {E,#4} and {j,#5} are due in the same millisecond. */
const places: readonly (readonly [after: string, before: string])[] = [
  ["", "a"],
  ["b", "d"],
  ["e", "f"],
  ["g", "h"],
  ["i", ""],
  ["j", ""],
];

const messagesAndTimeouts = "aEbcEdeEfgEhiEj";
const closedChannel = /^Could not send interval \d+: channel closed$/;

/** An item as one word: `a`, `E`, `#1`. */
function word(text: string): string {
  const [, letter, interval] = /^(?:Message: '(.)'|Interval (#\d+)|Problem: Elapsed\(\(\)\))$/.exec(text) ??
    [undefined, `?${text}`];
  return letter ?? interval ?? "E";
}

/** The partial order of the book's 20 items. Under load a timeout may be missing, and #6 takes its place. */
function assertBookOrder(words: readonly string[]): void {
  const told = `items: ${words.join(" ")}`;
  assertEquals(words.length, 20, told);
  const intervals = words.filter((item) => item.startsWith("#"));
  const others = words.filter((item) => !item.startsWith("#"));
  const pattern = new RegExp(`^${messagesAndTimeouts.replaceAll("E", "E?")}$`);
  assertMatch(others.join(""), pattern, told);
  assertEquals(intervals, intervals.map((_, i) => `#${i + 1}`), told);
  assert(intervals.length >= 5 && intervals.length <= places.length, told);
  for (const [i, interval] of intervals.entries()) {
    const [after, before] = places[i];
    if (after) assert(words.indexOf(after) < words.indexOf(interval), `${interval} before ${after}; ${told}`);
    if (before) assert(words.indexOf(interval) < words.indexOf(before), `${before} before ${interval}; ${told}`);
  }
}

testEach(
  "streams --producer both --json: the book's items from both producers, and the promised fields",
  async (program) => {
    const { code, stdout, stderr } = await run(program, ["streams", "--producer", "both", "--json"]);
    assertEquals({ code, stderr }, { code: 0, stderr: "" });
    const document = JSON.parse(stdout) as Document;
    assertEquals([document.schema, document.tool.name, document.command, document.seed], [
      1,
      "tandem",
      "streams",
      null,
    ]);
    for (const field of ["version", "deno", "v8", "target"] as const) assert(document.tool[field] !== "", field);
    for (const field of ["os", "arch", "cpu", "cores", "usableCores", "memoryBytes", "freeBytes"]) {
      assert(field in document.machine, `machine.${field}`);
    }
    assert(document.elapsedMs > 3_000, `elapsedMs ${document.elapsedMs}`);
    assert(!Number.isNaN(Date.parse(document.startedAt)));
    assertEquals(document.options.producer, "both");
    assertEquals(document.result.runs.map(({ producer }) => producer), ["task", "thread"]);
    for (const { items, backlog, unsent, elapsedMs } of document.result.runs) {
      assertBookOrder(items.map(({ text }) => word(text)));
      for (const { kind, text } of items) {
        assert(
          text.startsWith({ message: "Message", interval: "Interval", timeout: "Problem" }[kind]),
          `${kind}: ${text}`,
        );
      }
      assertEquals(items.map(({ atMs }) => atMs), items.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      assert(elapsedMs > 1_500, `elapsedMs ${elapsedMs}`);
      assert(backlog > 0, `backlog ${backlog}`);
      assert(unsent === null || unsent > backlog, `unsent ${unsent}`);
    }
    assertEquals(typeof document.result.agree, "boolean");
  },
);

testEach("streams: items on stdout, problems on stderr, nothing else", async (program) => {
  const { code, stdout, stderr } = await run(program, ["streams"]);
  assertEquals(code, 0);
  const items = stdout.trimEnd().split("\n").map(word);
  const letters = items.filter((item) => !item.startsWith("#"));
  assertEquals(letters.join(""), "abcdefghij");
  assertEquals(items.filter((item) => item.startsWith("#")), items.slice(letters.length).map((_, i) => `#${i + 1}`));
  const problems = stderr.trimEnd().split("\n").filter((line) => !closedChannel.test(line));
  for (const line of problems) assertEquals(line, "Problem: Elapsed(())");
  assertEquals(items.length + problems.length, 20);
  assert(problems.length <= 5, stderr);
});

testEach("streams --take 0: ends at once, with nothing on stdout", async (program) => {
  const { code, stdout, stderr } = await run(program, ["streams", "--take", "0"]);
  assertEquals({ code, stdout }, { code: 0, stdout: "" });
  for (const line of stderr.split("\n").filter((line) => line !== "")) assertMatch(line, closedChannel);
});

testEach("streams: a reader that closes after 3 lines ends it without an error", async (program) => {
  const running = spawn(program, ["streams"]);
  assertEquals((await running.lines(3)).map(word), ["#1", "a", "b"]);
  const closedAt = performance.now();
  await running.closeStdout();
  const { code, stderr } = await running.ended();
  assertEquals(code, 0, stderr);
  assert(!stderr.includes("tandem:"), stderr);
  assert(performance.now() - closedAt < 1_500, "it noticed too late that the reader had gone");
});
