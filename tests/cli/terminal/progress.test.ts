import { assertEquals } from "@std/assert";
import { Progress } from "../../../lib/cli/terminal/progress.ts";
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

Deno.test("Progress: started, the ETA counts from there, and a share that comes and goes does not begin it anew", async () => {
  const { clock, stderr, progress } = progressOn();
  await clock.wait(1_000).done;
  progress.start(() => clock.now() < 2_500 ? { what: "a" } : { what: "a", share: 0.5 });
  await clock.wait(2_100).done;
  await progress.end();
  assertEquals(stderr.written.split(erase).at(-2), "⠼ a  ████████░░░░░░░░░  50 %  ETA 2 s");
});

Deno.test("Progress: the ETA counts from the first of several shares, whatever is shown between", async () => {
  const { clock, stderr, progress } = progressOn();
  await progress.show({ what: "a", share: 0 });
  await clock.wait(1_000).done;
  await progress.show({ what: "b" });
  await clock.wait(1_000).done;
  await progress.show({ what: "a", share: 0.5 });
  assertEquals(stderr.written.split(erase).at(-1), "⠼ a  ████████░░░░░░░░░  50 %  ETA 2 s");
});

Deno.test("Progress: it is shown unless it is to be quiet, and its disposal is its end", async () => {
  const { session, stderr } = testSession({ clock: virtualClock(), ...terminal });
  {
    await using progress = new Progress(session);
    await progress.show({ what: "a" });
  }
  assertEquals(stderr.written, `${erase}⠏ a${erase}`);
});

Deno.test("Progress: ends while it is painted: there is no next time", async () => {
  const { clock, stderr, progress } = progressOn({
    onWrite: ({ stderr }) => stderr.endsWith("a") && void progress.end(),
  });
  progress.start(() => ({ what: "a" }));
  await clock.wait(1_000).done;
  assertEquals([stderr.written, clock.open()], [`${erase}⠹ a${erase}`, 0]);
});

Deno.test("Progress: nothing is painted where the terminal has become a dumb one, or gone, meanwhile", async () => {
  const columns = [40, undefined];
  const { stderr, progress } = progressOn({ lineColumns: () => columns.shift() });
  await progress.show({ what: "a" });
  assertEquals([stderr.written, columns], ["", []]);
});

Deno.test("Progress: after its end Ctrl-C finds nothing to do", async () => {
  const listeners = new Set<unknown>();
  const stop = new AbortController().signal;
  stop.addEventListener = (_: string, listener: unknown) => void listeners.add(listener);
  stop.removeEventListener = (_: string, listener: unknown) => void listeners.delete(listener);
  const { progress } = progressOn({ stop });
  await progress.show({ what: "a" });
  assertEquals(listeners.size, 1);
  await progress.end();
  assertEquals(listeners.size, 0);
});
