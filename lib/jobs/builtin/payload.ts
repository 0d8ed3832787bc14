/** Little work on a lot of data: counts the spaces of 256 KiB of text. */
export default function payload(text: string): number {
  let spaces = 0;
  for (let at = text.indexOf(" "); at !== -1; at = text.indexOf(" ", at + 1)) spaces++;
  return spaces;
}

const text = "all of this is sent and little is done with it; ".repeat(256 * 1024 / 48);

export const items: readonly string[] = Array.from({ length: 64 }, () => text);
