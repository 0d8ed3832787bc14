import { assertEquals, assertThrows } from "@std/assert";
import { EventQueue } from "../../../lib/exec/pool/event_queue.ts";

Deno.test("event queue: events that come while one is handled wait, and keep their order", () => {
  const seen: string[] = [];
  const queue = new EventQueue<string>((event) => {
    seen.push(`${event} begins`);
    if (event === "a") { for (const next of ["b", "c", "d"]) queue.push(next); }
    if (event === "b") queue.push("e");
    seen.push(`${event} ends`);
  });
  queue.push("a");
  queue.push("f");
  assertEquals(seen, ["a", "b", "c", "d", "e", "f"].flatMap((event) => [`${event} begins`, `${event} ends`]));
});

Deno.test("event queue: an event whose handling throws does not hold up the others", () => {
  const seen: string[] = [];
  const queue = new EventQueue<string>((event) => {
    seen.push(event);
    if (event === "a") queue.push("b");
    if (event === "a") throw new Error("bad");
  });
  assertThrows(() => queue.push("a"), Error, "bad");
  queue.push("c");
  assertEquals(seen, ["a", "b", "c"]);
});
