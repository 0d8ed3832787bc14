import { assertEquals } from "@std/assert";
import { blockingSender } from "../../lib/streams/listing_17_42.ts";
import { virtualThreads } from "./virtual_thread.ts";

Deno.test("listing 17-42: the thread sends each number and then blocks, so the first comes at once", async () => {
  using threads = virtualThreads();
  const { clock } = threads;
  const sender = await blockingSender(3, 300);
  sender.start();
  const seen: (readonly [value: number, atMs: number])[] = [];
  for await (const value of sender.items) seen.push([value, clock.now()]);
  assertEquals(seen, [[1, 0], [2, 300], [3, 600]]);
  assertEquals([await sender.ended, sender.sent(), clock.now()], [{}, 3, 900]);
});
