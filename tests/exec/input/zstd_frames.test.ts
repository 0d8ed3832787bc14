import { assert, assertEquals, assertThrows } from "@std/assert";
import { NoFrame, ZstdFrames } from "../../../lib/exec/input/zstd_frames.ts";
import { bytesOf, textOf } from "./cut_items.ts";

/** A frame of blocks that repeat one byte 128 KiB long, with a checksum or without: the shortest data that make most. */
function frameOf(blocks: number, checksum = ""): string {
  const [head, block] = [
    `\x28\xb5\x2f\xfd${checksum === "" ? "\0" : "\x04"}\x38`,
    (last: number) => `${String.fromCharCode(last | 2)}\0\x10x`,
  ];
  return head + Array.from({ length: blocks }, (_, i) => block(i === blocks - 1 ? 1 : 0)).join("") + checksum;
}

const pieces = (frames: ZstdFrames, text: string) => [...frames.split(bytesOf(text))].map(textOf);

Deno.test("zstd frames: each piece is of one frame, however the bytes come", () => {
  const [one, other, skippable] = [frameOf(2), frameOf(1, "sum!"), "\x50\x2a\x4d\x18\x03\0\0\0abc"];
  const all = one + skippable + other;
  assertEquals(pieces(new ZstdFrames(), all), [one, skippable, other]);
  for (let at = 0; at <= all.length; at++) {
    const frames = new ZstdFrames();
    const first = pieces(frames, all.slice(0, at));
    const ends = [0, one.length, one.length + skippable.length, all.length];
    assertEquals(frames.isInside, !ends.includes(at), `${at}`);
    assertEquals([...first, ...pieces(frames, all.slice(at))].join(""), all);
    assert(!frames.isInside);
  }
});

Deno.test("zstd frames: a piece that would make far more than it is, is cut between blocks", () => {
  const found = pieces(new ZstdFrames(), frameOf(200));
  assertEquals(found.map((piece) => Math.floor(piece.length / 4)), [65, 64, 64, 8]);
  assertEquals(found.join(""), frameOf(200));
});

Deno.test("zstd frames: what is no frame is refused where it begins, after what came before", () => {
  const found: string[] = [];
  const frames = new ZstdFrames();
  assertThrows(() => {
    for (const piece of frames.split(bytesOf(`${frameOf(1)}none`))) found.push(textOf(piece));
  }, NoFrame);
  assertEquals(found, [frameOf(1)]);
});
