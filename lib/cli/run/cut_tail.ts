/** No record of ours is longer, in bytes: its only text is the name of an error. */
const maxRecord = 64 * 1024;

/** How our records begin: another text is left as it is. */
const start = '{"line":';

/** Cuts off a part of a record at the end of a log: a program that was killed may have left it. A file that is missing has none. */
export function cutTail(path: string): void {
  let file: Deno.FsFile;
  try {
    if (!Deno.statSync(path).isFile) return;
    file = Deno.openSync(path, { read: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  try {
    const { size } = file.statSync();
    const tail = new Uint8Array(Math.min(size, maxRecord));
    file.seekSync(size - tail.length, Deno.SeekMode.Start);
    let length = 0;
    while (length < tail.length) length += file.readSync(tail.subarray(length)) ?? tail.length; // cut meanwhile
    const part = tail.subarray(tail.lastIndexOf(0x0a) + 1);
    const text = new TextDecoder().decode(part.subarray(0, start.length));
    if (text !== "" && start.startsWith(text)) file.truncateSync(size - part.length);
  } finally {
    file.close();
  }
}
