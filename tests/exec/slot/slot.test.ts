import { assertEquals } from "@std/assert";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { Slot } from "../../../lib/exec/slot/slot.ts";
import { assignItem, blockLength, viewBlock, writeFrame } from "../../../lib/exec/wire/block.ts";
import { controlWord, type FromSlot } from "../../../lib/exec/wire/protocol.ts";
import { ResultChunks } from "../../../lib/exec/wire/result_chunks.ts";
import { n } from "../numbers.ts";

Deno.test("slot: without credit it says once that it has paused, however often main tells it about the item that is next out", () => {
  const posted: FromSlot[] = [];
  const timers: (() => void)[] = [];
  const control = new Int32Array(controlWord.length);
  control[controlWord.tasks] = 2;
  const slot = new Slot({
    run: (item) => item === 0 ? new Promise(() => {}) : item,
    generator: false,
    thread: 0,
    state: undefined,
    generation: n(1),
    control,
    format: valueFormat("json", "json"),
    numbering: { first: 0, step: 1 },
    credit: 1,
    chunks: new ResultChunks(new SharedArrayBuffer(0)),
    post: (message) => void posted.push(message),
    now: () => 0,
    after: (_, callback) => void timers.push(callback),
    placeOf: () => undefined,
  });
  const buffer = new SharedArrayBuffer(blockLength(4, 4));
  const block = viewBlock(buffer, 4);
  block.bytes.set(new TextEncoder().encode("0123"));
  const reference = { id: n<never>(0), buffer, capacity: 4, once: false, use: n<never>(1), firstLine: n<never>(1) };
  const take = (item: number) => {
    writeFrame(block, n(item), n(1), item, item + 1, n(item));
    assignItem(block, n(item), n(1));
    slot.take({ kind: "items", block: reference, from: n(item), first: n(item), count: 1 });
  };
  const kinds = () => posted.map(({ kind }) => kind);

  take(0); // is next out, and does not end
  take(1);
  timers.forEach((fire) => fire());
  take(2);
  assertEquals(kinds(), ["results", "paused"]);
  for (let i = 0; i < 3; i++) slot.resume();
  assertEquals(kinds(), ["results", "paused"]);
  slot.taken({ kind: "taken", bytes: 2, chunks: [] });
  timers.forEach((fire) => fire());
  take(3);
  assertEquals(kinds(), ["results", "paused", "results", "paused"]);
});
