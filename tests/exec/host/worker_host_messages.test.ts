import { assert, assertEquals, assertThrows } from "@std/assert";
import { entryPoint, ourFolder } from "../../../lib/entry_points.ts";
import { TandemError } from "../../../lib/errors.ts";
import { noPermissions, type Permissions } from "../../../lib/exec/host/worker_host.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { finishItem, isCancelled, setWaiting, startItem } from "../../../lib/exec/wire/block.ts";
import type { ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { filePath } from "../../../lib/paths.ts";
import { n } from "../numbers.ts";
import { fakeSlot, slotOn } from "./fake_worker.ts";

/** Items with these lengths, from line 5 on, in blocks of three. */
function blocksOf(...lengths: number[]): BlockStore {
  const blocks = new BlockStore({ items: 3, bytes: 10 });
  for (const [i, length] of lengths.entries()) blocks.append(new Uint8Array(length), n(5 + i));
  return blocks;
}

Deno.test("worker slot: its thread runs our module, and has the permissions that are given, and can read our modules", () => {
  assertEquals(fakeSlot().worker.url.href, entryPoint("slot").href);
  assertEquals(fakeSlot().worker.options, { type: "module" });
  const ours = filePath(ourFolder);
  const { read: _, ...others } = noPermissions;
  for (
    const [read, given] of [
      [false, [ours]],
      [undefined, [ours]],
      [["/data"], ["/data", ours]],
      [true, true],
    ] as const
  ) {
    const { worker } = fakeSlot({ ...others, read: read as Permissions["read"] });
    assertEquals(worker.options, { type: "module", deno: { permissions: { ...others, read: given } } });
  }
});

Deno.test("worker slot: a job has no permission by default, and not even that to read our modules where we have none", () => {
  assertEquals(new Set(Object.values(noPermissions)), new Set([false]));
  const { querySync } = Deno.permissions;
  Deno.permissions.querySync = () => ({ state: "prompt" }) as Deno.PermissionStatus;
  try {
    const { worker } = fakeSlot(noPermissions);
    assertEquals(worker.options.deno, { permissions: noPermissions });
  } finally {
    Deno.permissions.querySync = querySync;
  }
});

Deno.test("worker slot: permissions that Deno refuses are an error of the user's", () => {
  class Refused {
    constructor() {
      throw new TypeError("invalid host");
    }
  }
  const error = assertThrows(
    () => slotOn(Refused, {}),
    TandemError,
    "invalid host",
  );
  assertEquals(error.code, "permissions");
});

Deno.test("worker slot: only its first message says when its thread was started", () => {
  const { slot, worker } = fakeSlot();
  slot.post({ kind: "load", thread: 0 } as ToSlot);
  slot.post({ kind: "stop" });
  const [{ started, ...load }, stop] = worker.posted;
  assertEquals([load, stop], [{ kind: "load", thread: 0 }, { kind: "stop" }]);
  const { from, to } = started as { readonly from: number; readonly to: number };
  assert(0 < from && from <= to);
});

Deno.test("worker slot: what its thread says arrives; an error that nobody caught, and a message that cannot be read, are fatal", () => {
  const { worker, heard } = fakeSlot();
  worker.onmessage({ data: { kind: "paused" } });
  let prevented = 0;
  worker.onerror({ message: "Uncaught Error: bad", preventDefault: () => prevented++ });
  worker.onmessageerror();
  assertEquals(heard.map((message) => "message" in message ? [message.kind, message.message] : [message.kind]), [
    ["paused"],
    ["fatal", "Uncaught Error: bad"],
    ["fatal", "a message could not be read"],
  ]);
  assertEquals(prevented, 1, "or it would end our own thread");
});

Deno.test("worker slot: a thread gets the memory of a block with its first items only; that of a single long item each time", () => {
  const { slot, worker } = fakeSlot();
  const blocks = blocksOf(1, 1, 1, 1, 11, 11);
  const all = [[0, 2], [2, 4], [4, 5], [5, 6]].flatMap(([first, end]) => [...blocks.parts({ first, end })]);
  for (const part of all) slot.send(part, 7);
  const messages = worker.posted as unknown as (ToSlot & { kind: "items" })[];
  assertEquals(
    messages.map(({ kind, from, first, count, sentAt }) => [kind, Number(from), Number(first), count, sentAt]),
    [["items", 0, 0, 2, 7], ["items", 2, 2, 1, 7], ["items", 0, 3, 1, 7], ["items", 0, 4, 1, 7], ["items", 0, 5, 1, 7]],
  );
  assertEquals(messages.map(({ block }) => block.buffer !== undefined), [true, false, true, true, true]);
  for (const [i, { block: { buffer, ...block } }] of messages.entries()) {
    const { id, capacity, once, use, firstLine } = all[i].held;
    assertEquals(block, { id, capacity, once, use, firstLine });
    if (buffer !== undefined) assert(buffer === all[i].held.buffer);
  }
});

Deno.test("worker slot: what has not started can be taken back, and what runs is told", async () => {
  const { slot, heard, worker } = fakeSlot();
  const blocks = blocksOf(1, 1, 1, 1, 1);
  const parts = [...blocks.parts({ first: 1, end: 5 })]; // two in one block, two in the next
  for (const part of parts) slot.send(part);
  const [one, two] = parts.map(({ held }) => held);
  assert(startItem(one.block, n(2), one.use, n(3), 100)); // the item 2
  assert(startItem(two.block, n(1), two.use, n(3), 200)); // the item 4
  setWaiting(two.block, n(1), two.use, n(3), true);
  const running = [{ item: 2, since: 100, waits: false }, { item: 4, since: 200, waits: true }];
  assertEquals<unknown>(slot.lastRunning(parts), running);
  assertEquals<unknown>(await slot.running(parts), running);
  assertEquals<unknown>(slot.lastRunning(parts.slice(1)), running.slice(1));

  slot.reclaim(parts);
  slot.reclaim(parts);
  assertEquals(heard, [
    { kind: "reclaimed", ranges: [{ first: 1, end: 2 }, { first: 3, end: 4 }] },
    { kind: "reclaimed", ranges: [] },
  ]);
  assert(!startItem(one.block, n(1), one.use, n(3), 300), "it was taken back");

  const [part] = blocks.parts({ first: 4, end: 5 });
  slot.cancel(part);
  assertEquals(worker.posted.at(-1), { kind: "cancel", item: 4 });
  assertEquals([isCancelled(two.block, n(1)), isCancelled(one.block, n(2))], [true, false]);
  finishItem(two.block, n(1), n(3));
  assertEquals<unknown>(slot.lastRunning(parts), running.slice(0, 1));
});

Deno.test("worker slot: an item of another slot is neither taken back nor running", () => {
  const { slot, heard } = fakeSlot();
  const blocks = blocksOf(1, 1);
  const [part] = blocks.parts({ first: 0, end: 2 });
  const { slot: other } = fakeSlot(undefined, 4);
  other.send(part);
  assert(startItem(part.held.block, n(0), part.held.use, n(4), 100));
  slot.reclaim([part]);
  assertEquals(heard, [{ kind: "reclaimed", ranges: [] }]);
  assertEquals([slot.lastRunning([part]).length, other.lastRunning([part]).length], [0, 1]);
});

Deno.test("worker slot: terminating it ends its thread", async () => {
  const { slot, worker } = fakeSlot();
  assertEquals(worker.terminated, false);
  const gone = slot.terminate();
  assertEquals([worker.terminated, gone instanceof Promise], [true, true]);
  await gone;
});
