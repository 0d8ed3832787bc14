import { assert, assertEquals } from "@std/assert";
import { run, spawn, testEach } from "../programs.ts";

const closedChannel = /^Could not send interval \d+: channel closed$/;

/** An item as one word: `a`, `E`, `#1`. */
function word(text: string): string {
  const [, letter, interval] = /^(?:Message: '(.)'|Interval (#\d+)|Problem: Elapsed\(\(\)\))$/.exec(text) ??
    [undefined, `?${text}`];
  return letter ?? interval ?? "E";
}

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
