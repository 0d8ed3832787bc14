import { assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { Generators } from "../../../lib/exec/slot/generators.ts";
import { ItemEnds } from "../../../lib/exec/slot/item_ends.ts";
import { Outbox } from "../../../lib/exec/slot/outbox.ts";
import { SlotOutput } from "../../../lib/exec/slot/slot_output.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { KeptMap } from "../../../lib/natives.ts";
import { blockLength, viewBlock } from "../../../lib/exec/wire/block.ts";
import { controlWord, type FromSlot } from "../../../lib/exec/wire/protocol.ts";
import { ResultChunks } from "../../../lib/exec/wire/result_chunks.ts";
import { n } from "../numbers.ts";

/** Each value's record has so many bytes, so four of them are an item's credit. */
const valueBytes = 1024;

/** The generators of a slot with one task. What it posts counts as values that have left. */
function slot({ tasks = 1, credit = 4 * valueBytes } = {}) {
  const control = new Int32Array(controlWord.length);
  control[controlWord.tasks] = tasks;
  const posted: FromSlot[] = [];
  const time = { now: 0 };
  const now = () => time.now;
  const chunks = new ResultChunks(new SharedArrayBuffer(0));
  const outbox = new Outbox({ post: (message) => void posted.push(message), chunks, now });
  const output = new SlotOutput({
    outbox,
    credit: Infinity,
    after: (_, callback) => callback(),
    valuesLeft: (item, bytes) => generators.left(item, bytes),
  });
  const format = valueFormat("json", "json");
  const ends = new ItemEnds({
    format,
    generation: n(1),
    control,
    outbox,
    signals: new KeptMap(),
    flush: () => output.flush(),
  });
  const generators = new Generators({ outbox, output, ends, now, credit, control });
  const block = viewBlock(new SharedArrayBuffer(blockLength(1, 0)), 1);
  const start = () => new StartedItem({ block, use: n(1) }, n(0), n(0), n(1), 0);
  return { generators, start, time, posted };
}

/** A generator of `count` values, which says how many it has given and whether it was closed. */
function counted(count: number) {
  const made = { values: 0, closed: false };
  function* values() {
    try {
      for (; made.values < count; made.values++) yield "x".repeat(valueBytes - 3); // quotes and newline
    } finally {
      made.closed = true;
    }
  }
  return { made, values: values() };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
}

Deno.test("generators: one is only so far ahead of its reader as its credit allows", async () => {
  const { generators, start } = slot();
  const { made, values } = counted(20);
  const done = generators.drain(start(), values, () => {});
  await settled();
  assertEquals([made.values, generators.size], [3, 1]); // the fourth has left, and the generator rests in its yield
  generators.taken(0, valueBytes);
  await settled();
  assertEquals(made.values, 4);
  generators.taken(0, 2 * valueBytes);
  await settled();
  assertEquals(made.values, 6);
  generators.taken(1, 9 * valueBytes); // of another item
  await settled();
  assertEquals(made.values, 6);
  generators.taken(0, 99 * valueBytes);
  await done;
  assertEquals([made, generators.size], [{ values: 20, closed: true }, 0]);
});

Deno.test("generators: the slot's credit is shared by its tasks, and each has 4 to 256 KiB", async () => {
  const ahead = async (credit: number, tasks: number) => {
    const { generators, start } = slot({ credit, tasks });
    const { made, values } = counted(1_000);
    void generators.drain(start(), values, () => {});
    await settled();
    return made.values + 1;
  };
  assertEquals(await ahead(64 * 1024, 8), 8);
  assertEquals(await ahead(64 * 1024, 64), 4);
  assertEquals(await ahead(2 ** 30, 1), 256);
});

Deno.test("generators: one that is stopped is closed, also while it waits for its reader", async () => {
  const { generators, start } = slot();
  const { made, values } = counted(20);
  const done = generators.drain(start(), values, () => {});
  await settled();
  generators.stop(0);
  assertEquals(generators.size, 0);
  await done;
  assertEquals(made, { values: 3, closed: true });
});

Deno.test("generators: when an abandoned attempt ends, the next one of its item keeps its flow control", async () => {
  const { generators, start } = slot();
  const first = start();
  const gate = Promise.withResolvers<void>();
  async function* late() {
    await gate.promise;
    yield "late";
  }
  const ended = generators.drain(first, late() as unknown as Iterator<unknown>, () => {});
  await settled();
  first.abandoned = first.ended = true; // it took too long, and runs again
  generators.stop(0);
  const { made, values } = counted(20);
  const done = generators.drain(start(), values, () => {});
  gate.resolve();
  await ended;
  await settled();
  assertEquals([made.values, generators.size], [3, 1]);
  generators.taken(0, 2 * valueBytes);
  await settled();
  assertEquals(made.values, 5);
  generators.taken(0, 99 * valueBytes);
  await done;
  assertEquals(generators.size, 0);
});

Deno.test("generators: waiting for a value counts as pending, waiting for the reader does not", async () => {
  const { generators, start, time, posted } = slot();
  async function* slow() {
    for (let i = 0; i < 5; i++) {
      await undefined;
      time.now += 7;
      yield "x".repeat(valueBytes - 3);
    }
  }
  const done = generators.drain(start(), slow() as unknown as Iterator<unknown>, () => {});
  await settled();
  time.now += 1_000;
  generators.taken(0, 99 * valueBytes);
  await done;
  const pending = posted.map((message) => message.kind === "results" ? message.pendingMs : 0);
  assertEquals(pending.reduce((sum, ms) => sum + ms), 5 * 7);
});

Deno.test("generators: main can see when one waits: before it starts, for its reader, and for a value; not while its code runs", async () => {
  const { generators, start } = slot();
  const seen: string[] = [];
  const waits = (waits: boolean) => void seen.push(waits ? "waits" : "runs");
  async function* values() {
    for (let i = 0; i < 4; i++) {
      seen.push("code");
      yield "x".repeat(2 * valueBytes);
    }
  }
  const done = generators.drain(start(), values() as unknown as Iterator<unknown>, waits);
  assertEquals(seen, ["waits"]);
  await settled();
  const [value, reader] = [["runs", "code", "waits"], ["waits"]];
  assertEquals(seen.splice(0), ["waits", ...value, ...value, ...reader]);
  generators.taken(0, 99 * valueBytes);
  await done;
  assertEquals(seen, [...value, ...value, "runs", "waits"]);
});

Deno.test("generators: one that throws, or gives what has no record, fails its item; the latter is closed", async () => {
  const { generators, start, posted } = slot();
  await generators.drain(start(), throwing(), () => {});
  let closed = 0;
  function* odd() {
    try {
      yield 1;
      yield () => {};
      yield 2;
    } finally {
      closed++;
      fail(); // what went wrong first counts
    }
  }
  const started = start();
  await generators.drain(started, odd(), () => {});
  assertEquals([started.ended, closed, generators.size], [true, 1, 0]);
  generators.left(0, 1);
  generators.taken(0, 1);
  generators.stop(0);
  assertEquals(posted.length > 0, true);
});

function* throwing(): Generator<number> {
  yield 1;
  fail();
}

function fail(): never {
  throw new Error("bad");
}
