import { assertEquals } from "@std/assert";
import { Progress } from "../../../lib/cli/terminal/progress.ts";
import { lineColumns } from "../../../lib/cli/terminal/terminal.ts";
import { idle, virtualClock } from "../../virtual_clock.ts";
import { testSession, type TestSurroundings } from "../test_session.ts";

const terminal = { style: { terminal: true, width: 40 } };
const erase = "\r\x1b[K";

function progressOn(given: TestSurroundings = {}, quiet = false) {
  const clock = virtualClock();
  const { session, stderr } = testSession({ clock, ...terminal, ...given });
  return { clock, stderr, progress: new Progress(session, { quiet }) };
}

Deno.test("Progress: shows at once; the ETA counts from the first share", async () => {
  const { clock, stderr, progress } = progressOn();
  await progress.show({ what: "calibrating" });
  await clock.wait(5_000).done;
  await progress.show({ what: "round 1/2", share: 0 });
  await clock.wait(1_000).done;
  await progress.show({ what: "round 1/2", share: 0.25 });
  await progress.end();
  assertEquals(stderr.written.split(erase), [
    "",
    "⠏ calibrating",
    "⠏ round 1/2",
    "⠹ round 1/2  ██░░░░░░░  25 %  ETA 3 s",
    "",
  ]);
});

Deno.test("Progress: by itself every 200 ms, with what `read` tells then, until the end", async () => {
  const { clock, stderr, progress } = progressOn();
  const seen: number[] = [];
  progress.start(() => {
    seen.push(clock.now());
    return { what: `${clock.now()} ms` };
  });
  await clock.wait(500).done;
  progress.start(() => ({ what: "other" }));
  await clock.wait(250).done;
  await progress.end();
  await clock.wait(1_000).done;
  assertEquals(seen, [200, 400]);
  assertEquals(stderr.written.split(erase), ["", "⠹ 200 ms", "⠼ 400 ms", "⠧ other", ""]);
  assertEquals(clock.open(), 0);
});

Deno.test("Progress: the first time by itself is 200 ms after the program began, which may be now", async () => {
  for (const [before, after] of [[150, 200], [900, 900]]) {
    const { clock, progress } = progressOn();
    await clock.wait(before).done;
    const first = Promise.withResolvers<number>();
    progress.start(() => {
      first.resolve(clock.now());
      return { what: "" };
    });
    assertEquals(await first.promise, after);
    await progress.end();
  }
});

Deno.test("Progress: makes room once for another line, and is painted again", async () => {
  const { stderr, progress } = progressOn();
  await progress.erase();
  assertEquals(stderr.written, "");
  await progress.show({ what: "a" });
  await progress.erase();
  await progress.erase();
  await stderr.write("! warning\n");
  await progress.show({ what: "b" });
  assertEquals(stderr.written, `${erase}⠏ a${erase}! warning\n${erase}⠏ b`);
});

Deno.test("Progress: ends while `read` goes on: nothing is painted then", async () => {
  const { clock, stderr, progress } = progressOn();
  const reading = Promise.withResolvers<{ what: string }>();
  progress.start(() => reading.promise);
  await clock.wait(300).done;
  await progress.end();
  reading.resolve({ what: "late" });
  await idle();
  assertEquals([stderr.written, clock.open()], ["", 0]);
});

Deno.test("Progress: follows a resize", async () => {
  let width = 60;
  const { stderr, progress } = progressOn({ lineColumns: () => width });
  await progress.show({ what: "a name of thirty-one characters" });
  width = 20;
  await progress.show({ what: "a name of thirty-one characters" });
  assertEquals(stderr.written.split(erase), ["", "⠏ a name of thirty-one characters", "⠏ a name of thir…"]);
});

Deno.test("Progress: Ctrl-C erases it at once, and nothing is painted any more", async () => {
  const stop = new AbortController();
  const { clock, stderr, progress } = progressOn({ stop: stop.signal });
  progress.start(() => ({ what: "a" }));
  await clock.wait(300).done;
  stop.abort();
  await idle();
  assertEquals([stderr.written, clock.open()], [`${erase}⠹ a${erase}`, 0]);
  await progress.show({ what: "b" });
  progress.start(() => ({ what: "c" }));
  assertEquals([stderr.written, clock.open()], [`${erase}⠹ a${erase}`, 0]);
});

Deno.test("Progress: nothing with --quiet, without a terminal, and on a dumb one; no timer either", async () => {
  const silent = [
    progressOn({}, true),
    progressOn({ style: { terminal: false } }),
    progressOn({ lineColumns: () => undefined }),
  ];
  for (const { clock, stderr, progress } of silent) {
    await progress.show({ what: "a" });
    progress.start(() => ({ what: "b" }));
    assertEquals(clock.open(), 0);
    await progress.end();
    assertEquals(stderr.written, "");
  }
});

Deno.test("lineColumns: the terminal's columns as they are now; none where it is dumb, or not a terminal", () => {
  let columns: number | undefined = 100;
  const around = (terminal: boolean, term: string) => ({
    terminal,
    columns: () => columns,
    env: (name: string) => name === "TERM" ? term : undefined,
  });
  const xterm = around(true, "xterm");
  assertEquals(lineColumns(xterm, 80), 100);
  columns = 50;
  assertEquals(lineColumns(xterm, 80), 50);
  columns = undefined;
  assertEquals(lineColumns(xterm, 80), 80);
  assertEquals(lineColumns(around(true, "dumb"), 80), undefined);
  assertEquals(lineColumns(around(false, "xterm"), 80), undefined);
});
