/**
 * Little work on a lot of data: looks for the full stop in 256 KiB of text. Main copies each item, and that takes as long as
 * all that the slot does, which is to decode it: so a second slot waits for main. (To count the spaces takes ten times as
 * long as to decode: that is a job for threads.)
 */
export default function payload(text: string): number {
  return text.indexOf(".");
}

const text = `${"all of this is sent and little is done with it; ".repeat(256 * 1024 / 48)}.`;

export const items: readonly string[] = Array.from({ length: 64 }, () => text);
