import { assertEquals, assertRejects } from "@std/assert";
import type { Attempt } from "../../../lib/exec/pool/attempt_log.ts";
import { openLogFile, RunLog } from "../../../lib/cli/run/run_log.ts";
import type { TextFile } from "../../../lib/cli/terminal/file_writer.ts";
import type { Clock } from "../../../lib/clock.ts";
import { UsageError } from "../../../lib/errors.ts";
import { idle, virtualClock } from "../../virtual_clock.ts";
import { inFolder } from "../in_folder.ts";

const decoder = new TextDecoder();
const attempt: Attempt = {
  item: 0,
  line: 1,
  slot: 0,
  attempt: 1,
  ran: { startMs: 0, ms: 1 },
  error: undefined,
  bytes: 2,
};

/** A log over a file in memory, whose writes end when the test says so if `held`. `stands`: its clock stands still. */
function logOf({ held = false, failing = false, stands = false } = {}) {
  const never = { done: new Promise<void>(() => {}), cancel() {} };
  const clock: Clock = stands ? { now: () => 0, wait: () => never } : virtualClock();
  const writes: string[] = [];
  const open: (() => void)[] = [];
  const failures: string[] = [];
  let closed = 0;
  const file: TextFile = {
    async write(bytes) {
      const part = bytes.subarray(0, Math.max(1, bytes.length - 1)); // a part, as a pipe may take
      writes.push(decoder.decode(part));
      if (held) await new Promise<void>((resolve) => open.push(resolve));
      if (failing) throw Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" });
      return part.length;
    },
    close: () => closed++,
  };
  const began = { at: new Date(Date.UTC(2026, 10, 26, 22, 19, 59, 250)), ms: 1_000 };
  const onFailure = ({ message }: Error) => void failures.push(message);
  const log = new RunLog("a.log", file, { separator: "\n", clock, began, onFailure });
  const note = (given: Partial<Attempt>) => log.attempts.note({ ...attempt, ...given });
  return { log, note, clock, writes, open, failures, text: () => writes.join(""), closed: () => closed };
}

Deno.test("run log: a line of JSON for each attempt; starts are dates by the run's clock, to the microsecond", async () => {
  const { log, note, text, closed } = logOf();
  note({ line: 17, slot: 3, attempt: 2, ran: { startMs: 1_000.125, ms: 1.23456 }, bytes: 12 });
  note({ ran: { startMs: 1_750, ms: 20 }, error: { name: 'A"B' } });
  note({ ran: { startMs: 900, ms: 0 }, error: { name: "TimeoutError", code: "timeout" } });
  note({ ran: undefined, error: { name: "ProcessDied", code: "lost" }, bytes: 0 });
  await log.end();
  assertEquals(text().split("\n"), [
    '{"line":17,"slot":3,"attempt":2,"start":"2026-11-26T22:19:59.250125Z","ms":1.235,"outcome":"ok","bytes":12}',
    '{"line":1,"slot":0,"attempt":1,"start":"2026-11-26T22:20:00.000000Z","ms":20,"outcome":"error","error":"A\\"B","bytes":2}',
    '{"line":1,"slot":0,"attempt":1,"start":"2026-11-26T22:19:59.150000Z","ms":0,"outcome":"timeout","error":"TimeoutError","bytes":2}',
    '{"line":1,"slot":0,"attempt":1,"start":null,"ms":null,"outcome":"lost","error":"ProcessDied","bytes":0}',
    "",
  ]);
  assertEquals(closed(), 1);
});

Deno.test("run log: what comes within 0.1 s is written together, much at once", async () => {
  const { note, clock, writes } = logOf();
  const lines = () => writes.splice(0).join("").match(/"line"/g)?.length;
  for (let line = 1; line <= 3; line++) note({ line });
  await clock.wait(99).done;
  assertEquals(lines(), undefined);
  await clock.wait(2).done;
  await idle();
  assertEquals(lines(), 3);
  for (let line = 0; line < 1_500; line++) note({ line });
  await idle();
  assertEquals(lines(), 1_500);
});

Deno.test("run log: its end, and much text, do not wait until time has gone by", async () => {
  const { log, note, writes } = logOf({ stands: true });
  for (let line = 0; line < 1_500; line++) note({ line });
  await idle();
  assertEquals(writes.length, 2);
  note({});
  await log.end();
  assertEquals(writes.length, 4);
});

Deno.test("run log: who makes more than 1 MiB waits for the file", async () => {
  const { log, note, open } = logOf({ held: true });
  for (let line = 1; line < 1_500; line++) note({ line });
  await idle(); // the first of them are being written
  await log.room();
  for (let line = 1; line < 15_000; line++) note({ line });
  let hasRoom = false;
  const room = log.room().then(() => hasRoom = true);
  await idle();
  assertEquals(hasRoom, false);
  while (!hasRoom) {
    open.splice(0).forEach((goOn) => goOn());
    await idle();
  }
  await room;
});

Deno.test("run log: a file that cannot be written ends the log, which says so once, and nothing else", async () => {
  const { log, note, clock, failures, writes, closed } = logOf({ failing: true });
  note({});
  await clock.wait(101).done;
  await idle();
  assertEquals([log.failed, failures], [true, [
    "cannot write to a.log: No space left on device; free some space or choose another place",
  ]]);
  for (let i = 0; i < 20_000; i++) note({});
  await log.room();
  await log.end();
  assertEquals([writes.length, failures.length, closed()], [1, 1, 1]);
});

/** Writes a line to the log's file, and returns the file's text. */
async function written(path: string, append: boolean): Promise<string> {
  const file = await openLogFile(path, append);
  await file.write(new TextEncoder().encode("new\n"));
  file.close();
  return Deno.readTextFileSync(path);
}

Deno.test("run log: a new run overwrites the file; one that goes on cuts off a part of a record, and appends", async () => {
  const whole = '{"line":1}\n';
  const files = { part: `${whole}{"line":2,"slo`, first: '{"li', whole, others: "a note", empty: "" };
  await inFolder(files, async (root) => {
    const appended: Record<string, string> = {};
    for (const name of [...Object.keys(files), "missing"]) appended[name] = await written(`${root}/${name}`, true);
    assertEquals(appended, {
      part: `${whole}new\n`,
      first: "new\n",
      whole: `${whole}new\n`,
      others: "a notenew\n",
      empty: "new\n",
      missing: "new\n",
    });
    assertEquals(await written(`${root}/whole`, false), "new\n");
  });
});

Deno.test("run log: a part of a record is found in a long file", async () => {
  const lines = '{"line":1}\n'.repeat(20_000);
  await inFolder({ long: `${lines}{"line":` }, async (root) => {
    assertEquals(await written(`${root}/long`, true), `${lines}new\n`);
  });
});

Deno.test("run log: a file that cannot be opened is said to be that, before anything runs", async () => {
  await inFolder({ "file": "" }, async (root) => {
    for (const path of [root, `${root}/none/a.log`, `${root}/file/a.log`, "-"]) {
      for (const append of [false, true]) {
        await assertRejects(() => openLogFile(path, append), UsageError, "cannot write");
      }
    }
  });
});
