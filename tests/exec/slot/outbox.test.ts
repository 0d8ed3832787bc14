import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Outbox } from "../../../lib/exec/slot/outbox.ts";
import { type FromSlot, recordKind } from "../../../lib/exec/wire/protocol.ts";
import { chunkBytes, ResultChunks, viewChunk } from "../../../lib/exec/wire/result_chunks.ts";

type Results = FromSlot & { readonly kind: "results" };
/** One run as main reads it. */
type Read = readonly [kind: number, first: number, items: number, text: string];

/** An outbox with memory for two chunks, whose clock shows what the test says. */
function outbox(madeAt = 0) {
  const memory = new SharedArrayBuffer(2 * chunkBytes);
  const chunks = new ResultChunks(memory);
  const posted: Results[] = [];
  const time = { now: madeAt, cpu: 0 };
  const box = new Outbox({
    post: (message) => message.kind === "results" && posted.push(message),
    chunks,
    now: () => time.now,
    cpuNow: () => time.cpu,
  });
  return { box, chunks, posted, time, read: (message: Results) => read(message, memory) };
}

function read({ chunk, buffer, stretches }: Results, memory: SharedArrayBuffer): Read[] {
  const all = chunk === undefined ? new Uint8Array(buffer!) : viewChunk(memory, chunk);
  let at = 0;
  return Array.from({ length: stretches.length / 4 }, (_, i) => {
    const [kind, first, items, length] = stretches.slice(4 * i);
    return [kind, first, items, new TextDecoder().decode(all.slice(at, at += length))];
  });
}

const { ok, error, value, end, lateError } = recordKind;

Deno.test("outbox: neighbours become one run, also those that ended in another order", () => {
  const { box, posted, read } = outbox();
  for (const item of [3, 1, 2, 7, 0, 5]) box.addOk(item, `${item}\n`);
  assertEquals(box.flush(() => {}), 12);
  assertEquals(read(posted[0]), [[ok, 0, 4, "0\n1\n2\n3\n"], [ok, 5, 1, "5\n"], [ok, 7, 1, "7\n"]]);
});

Deno.test("outbox: an error is a run of its own", () => {
  const { box, posted, read } = outbox();
  box.addOk(0, "a\n");
  box.add(error, 1, "bad\n");
  box.addOk(2, "c\n");
  box.flush(() => {});
  assertEquals(read(posted[0]), [[ok, 0, 1, "a\n"], [error, 1, 1, "bad\n"], [ok, 2, 1, "c\n"]]);
});

Deno.test("outbox: values of an item keep their order, come before its end, and are counted by item", () => {
  const { box, posted, read } = outbox();
  box.addValue(4, "1\n");
  box.addValue(2, "x\n");
  box.addValue(4, "2\n");
  box.addValue(4, "3\n");
  box.add(end, 4, "");
  box.add(lateError, 2, "bad\n");
  const left: [number, number][] = [];
  box.flush((item, bytes) => left.push([item, bytes]));
  assertEquals(read(posted[0]), [
    [value, 2, 1, "x\n"],
    [lateError, 2, 1, "bad\n"],
    [value, 4, 1, "1\n"],
    [value, 4, 1, "2\n3\n"],
    [end, 4, 1, ""],
  ]);
  assertEquals(left, [[2, 2], [4, 2], [4, 4]]);
});

Deno.test("outbox: bytes are copied, because the job may write to them again, and never joined", () => {
  const { box, posted, read } = outbox();
  const bytes = new TextEncoder().encode("ab");
  box.addOk(0, bytes);
  bytes.fill(120);
  box.addOk(1, bytes);
  box.flush(() => {});
  assertEquals(read(posted[0]), [[ok, 0, 1, "ab"], [ok, 1, 1, "xx"]]);
});

Deno.test("outbox: empty, nothing is posted", () => {
  const { box, posted } = outbox();
  assertEquals([box.isEmpty, box.flush(() => {}), posted.length], [true, 0, 0]);
  box.addOk(0, "a");
  assertEquals(box.isEmpty, false);
  box.flush(() => {});
  assertEquals([box.isEmpty, box.flush(() => {}), posted.length], [true, 0, 1]);
});

Deno.test("outbox: it is due when the last flush, or the beginning of work, is 25 ms ago: after slow work at once", () => {
  const { box, time } = outbox();
  time.now = 100;
  box.startClock();
  time.now = 124;
  box.addOk(0, "a");
  assertEquals([box.isDue(124), box.isDue(125)], [false, true]);
  time.now = 1_000; // an item has taken long
  box.addOk(1, "b");
  assertEquals(box.isDue(1_000), true);
  box.flush(() => {});
  assertEquals([box.isDue(1_024), box.isDue(1_025)], [false, true]);
});

Deno.test("outbox: a new one is not due, whatever the clock shows", () => {
  const { box } = outbox(5_000);
  assertEquals([box.isDue(5_024), box.isDue(5_025), box.reportedAt], [false, true, 5_000]);
});

Deno.test("outbox: records as long as a chunk go into it, one byte more into a buffer", () => {
  for (const [length, inChunk] of [[chunkBytes, true], [chunkBytes + 1, false]] as const) {
    const { box, posted } = outbox();
    box.addOk(0, "a".repeat(length));
    assertEquals([box.flush(() => {}), posted[0].chunk !== undefined], [length, inChunk]);
  }
});

Deno.test("outbox: a chunk is written again only when it was given back; without one, records have a buffer", () => {
  const { box, chunks, posted, read } = outbox();
  for (let item = 0; item < 3; item++) {
    box.addOk(item, `${item}`);
    box.flush(() => {});
  }
  const used = posted.map(({ chunk }) => chunk);
  assertEquals([new Set(used).size, used[2], posted[2].buffer?.byteLength], [3, undefined, 1]);
  chunks.release(used[0]!);
  box.addOk(3, "again");
  box.flush(() => {});
  assertEquals([posted[3].chunk, posted.slice(1).map(read).map(([run]) => run[3])], [used[0], ["1", "2", "again"]]);
});

Deno.test("outbox: text that is longer as UTF-8 than a chunk, or than its length", () => {
  for (
    const text of [
      "ä".repeat(chunkBytes - 1),
      "\u{1f600}".repeat(9),
      "€".repeat(3 * chunkBytes),
      "a".repeat(chunkBytes + 1),
    ]
  ) {
    const { box, posted, read } = outbox();
    box.addOk(0, text);
    assertEquals(box.flush(() => {}), new TextEncoder().encode(text).length);
    assert(read(posted[0])[0][3] === text);
  }
});

Deno.test("outbox: it is full when it should leave, and not before", () => {
  const { box } = outbox();
  box.addOk(0, "a".repeat(50_000));
  assert(!box.isFull);
  box.addOk(1, "a".repeat(96 * 1024 - 50_001));
  assert(!box.isFull);
  box.addOk(2, "a");
  assert(box.isFull, "at 96 KiB");
  box.flush(() => {});
  assert(!box.isFull);
});

Deno.test("outbox: it reports time with work, time of pending promises and processor time, once each", () => {
  const { box, posted, time } = outbox();
  time.now = 100;
  time.cpu = 50;
  box.startClock(); // it had nothing to do until then
  box.addPending(3);
  box.addPending(4);
  time.now = 110;
  time.cpu = 56;
  box.addOk(0, "a");
  box.flush(() => {});
  time.now = 111;
  time.cpu = 57;
  box.addOk(1, "a");
  box.flush(() => {});
  time.cpu = 90;
  box.startClock();
  time.cpu = 92;
  box.addOk(2, "a");
  box.flush(() => {});
  const reports = posted.map(({ ms, pendingMs, cpuMs }) => [ms, pendingMs, cpuMs]);
  assertEquals(reports, [[10, 7, undefined], [1, 0, 1], [0, 0, 2]]); // the first reading comes after the first report
});

Deno.test("outbox: processor time that can no longer be told is not reported", () => {
  const posted: Results[] = [];
  let cpu: number | undefined = 1;
  const box = new Outbox({
    post: (message) => message.kind === "results" && posted.push(message),
    chunks: new ResultChunks(new SharedArrayBuffer(0)),
    now: () => 0,
    cpuNow: () => cpu,
  });
  for (const told of [1, undefined, 5, 7]) {
    cpu = told;
    box.addOk(0, "a");
    box.flush(() => {});
  }
  assertEquals(posted.map(({ cpuMs }) => cpuMs), [undefined, undefined, undefined, 2]);
});

const ending = fc.record({
  lots: fc.nat(1_000_000), // who ends next is drawn by lot
  kind: fc.constantFrom("ok", "ok", "ok", "bytes", "error", "generator"),
  text: fc.string({ unit: "grapheme", maxLength: 6 }),
  flush: fc.boolean(),
});

Deno.test("outbox: whatever the order in which items end, main reads each one's records whole and in order", () => {
  fc.assert(fc.property(fc.array(ending, { maxLength: 40 }), (endings) => {
    const { box, chunks, posted, read } = outbox();
    const encoder = new TextEncoder();
    const expected = endings.map(({ kind, text }) => kind === "generator" ? `${text}1${text}2` : text);
    const order = endings.map((ending, item) => ({ ...ending, item })).toSorted((a, b) => a.lots - b.lots);
    const seen = endings.map(() => "");
    let [bytes, used] = [0, 0];
    const flush = () => {
      used += box.flush(() => {});
      const message = posted.pop();
      if (message === undefined) return;
      const stretches = read(message);
      assertEquals(stretches.map(([, first]) => first), stretches.map(([, first]) => first).toSorted((a, b) => a - b));
      for (const [kind, first, items, text] of stretches) {
        bytes += encoder.encode(text).length;
        if (items === 1) seen[first] += text;
        else assertEquals([kind, text], [ok, expected.slice(first, first + items).join("")]);
        if (items > 1) { for (let i = first; i < first + items; i++) seen[i] = expected[i]; }
      }
      if (message.chunk !== undefined) chunks.release(message.chunk);
    };
    for (const { item, kind, text, flush: leaves } of order) {
      if (kind === "generator") {
        box.addValue(item, `${text}1`);
        if (leaves) flush();
        box.addValue(item, `${text}2`);
        box.add(end, item, "");
      } else if (kind === "error") box.add(error, item, text);
      else box.addOk(item, kind === "bytes" ? encoder.encode(text) : text);
      if (leaves) flush();
    }
    flush();
    assertEquals([seen, used], [expected, bytes]);
  }));
});

Deno.test("outbox: hints leave once, with the records of their items; without any there are none", () => {
  const { box, posted } = outbox();
  box.addOk(0, "a\n");
  box.flush(() => {});
  for (const [item, ms] of [[5, -1], [2, 300]]) {
    box.add(error, item, "bad\n");
    box.addHint(item, ms);
  }
  box.flush(() => {});
  box.add(error, 7, "bad\n");
  box.flush(() => {});
  assertEquals(posted.map(({ hints }) => hints), [undefined, [5, -1, 2, 300], undefined]);
});
