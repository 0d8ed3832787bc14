import { assertEquals, assertThrows } from "@std/assert";
import { NoFrame, ZstdFrames } from "../../../lib/exec/input/zstd_frames.ts";
import { bytesOf, textOf } from "./cut_items.ts";

const magic = "\x28\xb5\x2f\xfd";
/** The last block of a frame, of five bytes as they are. */
const block = "\x29\0\0hello";

/** A frame with each field that its descriptor asks for (RFC 8878, section 3.1.1.1), filled with bytes that would mislead. */
function frameWith(sizeFlag: number, isSingleSegment: boolean, hasChecksum: boolean, dictionaryFlag: number): string {
  const descriptor = sizeFlag << 6 | Number(isSingleSegment) << 5 | Number(hasChecksum) << 2 | dictionaryFlag;
  const sizes = [isSingleSegment ? 1 : 0, 2, 4, 8];
  const fields = (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][dictionaryFlag] + sizes[sizeFlag];
  return `${magic}${String.fromCharCode(descriptor)}${"\xff".repeat(fields)}${block}${
    hasChecksum ? "\xff\xff\xff\xff" : ""
  }`;
}

Deno.test("zstd frames: a frame ends where it does, whichever fields its header has", () => {
  for (let sizeFlag = 0; sizeFlag < 4; sizeFlag++) {
    for (let dictionaryFlag = 0; dictionaryFlag < 4; dictionaryFlag++) {
      for (const isSingleSegment of [false, true]) {
        for (const hasChecksum of [false, true]) {
          const frame = frameWith(sizeFlag, isSingleSegment, hasChecksum, dictionaryFlag);
          const pieces = [...new ZstdFrames().split(bytesOf(frame + frame))].map(textOf);
          assertEquals(pieces, [frame, frame], `${sizeFlag} ${dictionaryFlag} ${isSingleSegment} ${hasChecksum}`);
        }
      }
    }
  }
});

Deno.test("zstd frames: sixteen magic numbers begin what is skipped, and their neighbours nothing", () => {
  const skippable = (low: number) => bytesOf(`${String.fromCharCode(low)}\x2a\x4d\x18\x02\0\0\0ab`);
  for (let low = 0x50; low < 0x60; low++) {
    const frames = new ZstdFrames();
    assertEquals([...frames.split(skippable(low))].length, 1);
    assertEquals(frames.isInside, false);
  }
  for (const low of [0x4f, 0x60]) assertThrows(() => [...new ZstdFrames().split(skippable(low))], NoFrame);
});

Deno.test("zstd frames: what is skipped may be empty, or longer than what is read at once", () => {
  const empty = "\x50\x2a\x4d\x18\0\0\0\0";
  const long = `\x50\x2a\x4d\x18\0\0\x01\0${"x".repeat(65_536)}`;
  const frames = new ZstdFrames();
  const all = empty + long + empty;
  const ends: number[] = [];
  let at = 0;
  for (let from = 0; from < all.length; from += 1_000) {
    for (const piece of frames.split(bytesOf(all.slice(from, from + 1_000)))) {
      at += piece.length;
      if (!frames.isInside) ends.push(at);
    }
  }
  assertEquals(ends.includes(all.length) && !frames.isInside, true);
});
