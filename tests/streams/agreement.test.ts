import { assertEquals } from "@std/assert";
import { compareItems } from "../../lib/streams/agreement.ts";
import type { Shown } from "../../lib/streams/listing_17_41.ts";

/** Items by their texts: `#1` is an interval, `!` a timeout, all else a message. */
function shown(texts: string): Shown[] {
  const kind = (text: string) => text.startsWith("#") ? "interval" : text === "!" ? "timeout" : "message";
  return texts.split(" ").filter((text) => text !== "").map((text) => ({ kind: kind(text), text }));
}

const compare = (left: string, right: string) => compareItems(shown(left), shown(right));

Deno.test("agreement: the same items in the same order", () => {
  assertEquals(compare("a #1 b ! #2", "a #1 b ! #2"), { agree: true, sameOrder: true, difference: "" });
  assertEquals(compare("", ""), { agree: true, sameOrder: true, difference: "" });
});

Deno.test("agreement: the two sources may be interleaved in any way", () => {
  assertEquals(compare("a #1 b ! #2", "#1 a b #2 !"), { agree: true, sameOrder: false, difference: "" });
});

Deno.test("agreement: within a source the order counts; a timeout has its place among messages", () => {
  const difference = (left: string, right: string) => compare(left, right).difference;
  assertEquals(difference("a b", "b a"), '"a" versus "b"');
  assertEquals(difference("a ! b", "a b !"), '"!" versus "b"');
  assertEquals(difference("a #1 #2", "a #2 #1"), '"#1" versus "#2"');
  assertEquals(difference("#1 a", "#2 b"), '"a" versus "b"'); // messages first
});

Deno.test("agreement: an item that only one of them has is a difference", () => {
  assertEquals(compare("a b", "a"), { agree: false, sameOrder: false, difference: '"b" versus "nothing"' });
  assertEquals(compare("#1", "#1 #2"), { agree: false, sameOrder: false, difference: '"nothing" versus "#2"' });
});
