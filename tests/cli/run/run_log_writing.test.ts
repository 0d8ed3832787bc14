import { assertEquals } from "@std/assert";
import type { Clock } from "../../../lib/clock.ts";
import { RunLog } from "../../../lib/cli/run/run_log.ts";
import type { TextFile } from "../../../lib/cli/terminal/file_writer.ts";
import { idle, virtualClock } from "../../virtual_clock.ts";

/** A clock whose waits never end by themselves, and which knows how many are open. */
function standingClock() {
  const open = new Set<symbol>();
  const clock: Clock = {
    now: () => 0,
    wait() {
      const wait = Symbol();
      open.add(wait);
      return { done: new Promise<void>(() => {}), cancel: () => void open.delete(wait) };
    },
  };
  return { clock, open };
}

/** A log over a file whose writes end when the test says so: `goOn` ends those that go on. */
function logOver(clock: Clock, fails = false) {
  const writes: string[] = [];
  const going: PromiseWithResolvers<void>[] = [];
  let failures = 0;
  const file: TextFile = {
    async write(bytes) {
      writes.push(new TextDecoder().decode(bytes));
      const write = Promise.withResolvers<void>();
      going.push(write);
      await write.promise;
      if (fails) throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
      return bytes.length;
    },
    close: () => {},
  };
  const began = { at: new Date(0), ms: 0 };
  const log = new RunLog("a.log", file, { separator: "\n", clock, began, onFailure: () => failures++ });
  const note = (lines: number, startMs = 0) => {
    for (let line = 1; line <= lines; line++) {
      log.attempts.note({ item: 0, line, slot: 0, attempt: 1, ran: { startMs, ms: 1 }, error: undefined, bytes: 2 });
    }
  };
  const goOn = async () => {
    going.splice(0).forEach(({ resolve }) => resolve());
    await idle();
  };
  return { log, note, goOn, lines: () => writes.map((text) => text.split("\n").length - 1), failures: () => failures };
}

/** So many lines are more than is gathered. */
const many = 1_000;

Deno.test("run log: little text leaves room, also while the file is being written", async () => {
  const { clock } = standingClock();
  const { log, note, lines } = logOver(clock);
  note(many);
  await idle();
  note(many);
  await log.room();
  assertEquals(lines().length, 1); // it has not ended
});

Deno.test("run log: what comes during a write is written behind it: much at once, little after 0.1 s", async () => {
  const clock = virtualClock();
  const { note, goOn, lines } = logOver(clock);
  note(many);
  await idle();
  const [first] = lines();
  note(2 * many - first); // what was left of the first lines, and as many
  await goOn();
  assertEquals(lines(), [first, 2 * many - first + (many - first)]);
  note(3);
  await goOn();
  assertEquals(lines().length, 2);
  await clock.wait(101).done;
  await idle();
  assertEquals(lines().at(-1), 3);
});

Deno.test("run log: much text that came during a write waits for no clock", async () => {
  const { clock } = standingClock();
  const { note, goOn, lines } = logOver(clock);
  note(many);
  await idle();
  note(many);
  await goOn();
  assertEquals(lines().length, 2);
});

Deno.test("run log: its end waits for no clock either, and leaves no wait behind", async () => {
  const { clock, open } = standingClock();
  const { log, note, goOn, lines } = logOver(clock);
  note(1);
  await idle();
  assertEquals(open.size, 1);
  let ended = false;
  const end = log.end().then(() => ended = true);
  await idle();
  assertEquals([lines(), open.size], [[1], 0]);
  note(2); // an attempt that ends late
  await goOn();
  assertEquals([lines(), ended], [[1, 2], false]);
  await goOn();
  await end;
});

Deno.test("run log: after a write that failed, what had come meanwhile is not written", async () => {
  const { clock } = standingClock();
  const { log, note, goOn, lines, failures } = logOver(clock, true);
  note(many);
  await idle();
  note(many);
  await goOn();
  note(many);
  await log.end();
  assertEquals([lines().length, failures()], [1, 1]);
});

Deno.test("run log: a start is cut to the microsecond, not rounded up", async () => {
  const texts: string[] = [];
  const file: TextFile = {
    write: (bytes) => Promise.resolve(texts.push(new TextDecoder().decode(bytes)) && bytes.length),
    close: () => {},
  };
  const began = { at: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), ms: 0 };
  const clock = virtualClock();
  const log = new RunLog("a.log", file, { separator: "\n", clock, began, onFailure: () => {} });
  for (const startMs of [0.0009765625, 999.9995]) {
    log.attempts.note({ item: 0, line: 1, slot: 0, attempt: 1, ran: { startMs, ms: 1 }, error: undefined, bytes: 2 });
  }
  await log.end();
  assertEquals(texts.join("").match(/T[^"]+/g), ["T03:04:05.000000Z", "T03:04:05.999999Z"]);
});
