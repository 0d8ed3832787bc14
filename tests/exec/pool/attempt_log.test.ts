import { assert, assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { type Attempt, AttemptLog } from "../../../lib/exec/pool/attempt_log.ts";
import { LastDeath } from "../../../lib/exec/pool/last_death.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import type { RunOptions } from "../../../lib/exec/pool/run_options.ts";
import { recordKind, type ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { viewChunk } from "../../../lib/exec/wire/result_chunks.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options, result } from "./manual_host.ts";

/** A run whose slot does what the test says, and what its log notes. */
async function logged(items: number, given: Partial<RunOptions> = {}, separator?: "\n" | "\0") {
  const slots = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const clock = new Agenda();
  const pool = await openPool({ ...options, host: slots.host, clock, spans: "all" }, { random: () => 1 });
  const noted: Attempt[] = [];
  const attempts = new AttemptLog((attempt) => void noted.push(attempt), separator);
  const run = pool.run(valueSource(Array(items).fill(0), encodeJsonItem), {
    ordered: false,
    watcher: attempts,
    ...given,
  });
  const ended = Array.fromAsync(run);
  ended.catch(() => {});
  await nextTurn(); // the items are read
  return { ...slots, pool, attempts, clock, noted, ended };
}

const record = (line: number, name = "RangeError", code?: string) =>
  JSON.stringify({ line, error: { name, message: "no", code } }) + "\n";
const ok = { slot: 0, attempt: 1, error: undefined };

/** A slot's message of several stretches `[kind, first, items, text]`. */
function results(
  stretches: readonly (readonly [kind: number, first: number, items: number, text: string])[],
  spans: number[],
) {
  const texts = stretches.map(([, , , text]) => new TextEncoder().encode(text));
  const flat = stretches.flatMap(([kind, first, items], i) => [kind, first, items, texts[i].length]);
  const all = new Uint8Array(texts.flatMap((text) => [...text]));
  return { kind: "results", buffer: all.buffer, stretches: flat, ms: 1, pendingMs: 0, spans } as const;
}

Deno.test("attempt log: where and when each item ran, in the order of ends, and how long the record of each of several is", async () => {
  const { says, noted } = await logged(3);
  says[0](results([[recordKind.ok, 0, 3, '1\n"é"\n[]\n']], [2, 5.5, 1, 0, 0, 5, 2, 1, 1, 5, 4, 0]));
  assertEquals(noted, [
    { ...ok, item: 2, line: 3, ran: { startMs: 5.5, ms: 1, pendingMs: 0 }, bytes: 3 },
    { ...ok, item: 0, line: 1, ran: { startMs: 5, ms: 2, pendingMs: 1 }, bytes: 2 },
    { ...ok, item: 1, line: 2, ran: { startMs: 5, ms: 4, pendingMs: 0 }, bytes: 5 },
  ]);
});

Deno.test("attempt log: records may end in NUL", async () => {
  const { says, noted } = await logged(2, {}, "\0");
  says[0](results([[recordKind.ok, 0, 2, "a\nb\0c\0"]], [0, 0, 1, 0, 1, 0, 1, 0]));
  assertEquals(noted.map(({ bytes }) => bytes), [4, 2]);
});

Deno.test("attempt log: each attempt of an item that fails, with its error", async () => {
  const { says, noted, clock } = await logged(1, { retries: 1 });
  says[0]({ ...result(0, record(1), recordKind.error), spans: [0, 1, 2, 0] });
  while (clock.now() < 100) assert(await clock.next());
  says[0]({ ...result(0, record(1, "Denied", "denied"), recordKind.error), spans: [0, 101, 3, 0] });
  assertEquals(
    noted.map(({ line, attempt, ran, error }) => [line, attempt, ran?.startMs, error?.name, error?.code]),
    [[1, 1, 1, "RangeError", undefined], [1, 2, 101, "Denied", "denied"]],
  );
});

Deno.test("attempt log: the bytes of a generator are those of all its values, those before its error too", async () => {
  const { says, noted } = await logged(2);
  says[0](results([[recordKind.value, 0, 1, "1\n"], [recordKind.value, 1, 1, "1\n"]], []));
  assertEquals(noted, []);
  says[0](results([[recordKind.value, 0, 1, "22\n"], [recordKind.end, 0, 1, ""]], [0, 0, 9, 0]));
  says[0](results([[recordKind.lateError, 1, 1, record(2)]], [1, 0, 9, 0]));
  assertEquals(noted.map(({ line, error, bytes }) => [line, error?.name, bytes]), [
    [1, undefined, 5],
    [2, "RangeError", 2 + record(2).length],
  ]);
});

Deno.test("attempt log: attempts that no slot reports: what a dead thread was running is lost, and runs again if it may", async () => {
  const { says, noted, ranLast, clock } = await logged(2, { retries: 1 });
  clock.after(40, () => {});
  await clock.next();
  for (const life of [0, 1]) {
    ranLast([{ item: n(1), since: n(30), waits: false }]);
    says[life]({ kind: "fatal", message: "it fell" });
    await nextTurn();
    while (life === 0 && clock.now() < 140) assert(await clock.next());
  }
  assertEquals(
    noted.map(({ line, attempt, ran, error, bytes }) => [line, attempt, ran, error?.name, error?.code, bytes]),
    [
      [2, 1, { startMs: 30, ms: 10 }, "ThreadDied", "lost", 0],
      [2, 2, { startMs: 30, ms: 110 }, "ThreadDied", "lost", 0],
    ],
  );
});

Deno.test("attempt log: the bytes of a generator are its own, not those of the item with its number in the run before", async () => {
  const { says, noted, pool, attempts, ended } = await logged(1);
  says[0](results([[recordKind.value, 0, 1, "22\n"], [recordKind.end, 0, 1, ""]], [0, 0, 1, 0]));
  await ended;
  const next = Array.fromAsync(pool.run(valueSource([0], encodeJsonItem), { ordered: false, watcher: attempts }));
  await nextTurn();
  says[0](results([[recordKind.value, 0, 1, "1\n"], [recordKind.end, 0, 1, ""]], [0, 9, 1, 0]));
  await next;
  assertEquals(noted.map(({ bytes }) => bytes), [3, 2]);
});

Deno.test("attempt log: records of several kinds in a chunk of shared memory, each with its own error and length", async () => {
  const { says, noted, posted } = await logged(6);
  const { results: memory } = posted[0][0] as ToSlot & { kind: "load" };
  const kinds = [
    [recordKind.ok, 0, 1, "1\n"],
    [recordKind.error, 1, 1, record(2, "First")],
    [recordKind.ok, 2, 2, "333\n4\n"],
    [recordKind.error, 4, 1, record(5, "Second", "denied")],
    [recordKind.ok, 5, 1, "66\n"],
  ] as const;
  const { buffer, ...message } = results(kinds, [0, 1, 2, 3, 4, 5].flatMap((item) => [item, item, 1, 0]));
  viewChunk(memory, 1).fill(10); // of results before
  viewChunk(memory, 1).set(new Uint8Array(buffer));
  says[0]({ ...message, chunk: 1 });
  assertEquals(noted.map(({ line, error, bytes }) => [line, error?.name, error?.code, bytes]), [
    [1, undefined, undefined, 2],
    [2, "First", undefined, record(2, "First").length],
    [3, undefined, undefined, 4],
    [4, undefined, undefined, 2],
    [5, "Second", "denied", record(5, "Second", "denied").length],
    [6, undefined, undefined, 3],
  ]);
});

Deno.test("attempt log: a span without an end is of an item that goes on, and a message without results is no attempt", async () => {
  const { says, noted } = await logged(2);
  says[0](results([[recordKind.ok, 0, 1, "1\n"]], [1, 0, 1, 0, 0, 0, 1, 0]));
  says[0]({ kind: "results", stretches: [], ms: 1, pendingMs: 0 });
  assertEquals(noted.map(({ line }) => line), [1]);
});

Deno.test("attempt log: where a lost thread has not told when an item started, nobody says when it ran", async () => {
  const { noted, attempts } = await logged(1);
  const death = new LastDeath(100);
  death.ofThread("it fell", undefined);
  attempts.decided({ kind: "fail", item: 0, slot: 0, why: "lost", attempts: 3 }, { kind: "stopped" }, death);
  const error = { name: "ThreadDied", code: "lost", message: "its thread died: it fell" } as const;
  assertEquals(noted, [{ item: 0, line: 1, slot: 0, attempt: 3, ran: undefined, error, bytes: 0 }]);
});

Deno.test("attempt log: an attempt that took too long says so, and how long, also if it may be tried again", async () => {
  const { noted, runs, ranLast, clock } = await logged(1, { retries: 1, timeoutMs: 50 });
  const item = { item: n<never>(0), since: n<never>(10), waits: false };
  runs([item]);
  ranLast([item]);
  while (noted.length < 1) assert(await clock.next());
  const [{ ran, ...rest }] = noted;
  const error = { name: "TimeoutError", message: "took longer than 50 ms", code: "timeout" };
  assertEquals<unknown>(rest, { item: 0, line: 1, slot: 0, attempt: 1, error, bytes: 0 });
  assertEquals(ran, { startMs: 10, ms: clock.now() - 10 });
});
