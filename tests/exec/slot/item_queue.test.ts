import { assertEquals } from "@std/assert";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { ItemQueue } from "../../../lib/exec/slot/item_queue.ts";
import { n } from "../numbers.ts";
import type { ItemRange } from "../../../lib/exec/slot/item_reader.ts";

const block = viewBlock(new SharedArrayBuffer(0), 0);

function range(first: number, next = 0): ItemRange {
  return {
    block,
    decode: () => undefined,
    from: n(0),
    first: n(first),
    count: 9,
    use: n(1),
    firstLine: n(1),
    next,
    textFrom: 0,
    textEnd: 0,
  };
}

Deno.test("item queue: the range whose next item is lowest comes first, whatever came before", () => {
  const queue = new ItemQueue();
  for (const [first, next] of [[40, 0], [10, 8], [15, 0], [100, 0], [0, 0], [50, 3]]) queue.insert(range(first, next));
  const order: number[] = [];
  for (; queue.length > 0; queue.removeFirst()) order.push(queue.first.first);
  assertEquals(order, [0, 15, 10, 40, 50, 100]);
});

Deno.test("item queue: the first may go on before another one comes", () => {
  const queue = new ItemQueue();
  queue.insert(range(10));
  queue.first.next = 5;
  queue.insert(range(12));
  assertEquals(queue.first.first, 12);
  queue.clear();
  assertEquals(queue.length, 0);
});
