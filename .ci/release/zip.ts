import { crc32, deflateRawSync } from "node:zlib";
import { type ArchivedFile, joined, sorted } from "./tar.ts";

/** A version of the format that has "deflate", made on Unix, so that permissions count. */
const [needed, madeBy] = [20, 0x0314];

/**
 * A zip (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16) of files sorted by path and all of time `at`, in UTC. The same files
 * give the same bytes, on one version of Deno. For less than 4 GiB, and from 1980 on.
 *
 * Ours, because fflate 0.8 writes the time of the local time zone, and deflates in JavaScript.
 */
export function zip(files: readonly ArchivedFile[], at: Date): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes, executable = false } of sorted(files)) {
    const name = new TextEncoder().encode(path);
    const packed = new Uint8Array(deflateRawSync(bytes, { level: 9 }));
    // flags (a name in UTF-8), method (deflate), time, date, sums and sizes, length of the name, no extra field
    const common = [
      ...[0x0800, 8, dosTime(at), dosDate(at)].map(two),
      ...[crc32(bytes), packed.length, bytes.length].map(four),
      ...[name.length, 0].map(two),
    ];
    const local = joined([four(0x04034b50), two(needed), ...common, name, packed]);
    const mode = (executable ? 0o100755 : 0o100644) * 0x10000;
    // no comment, first disk, no internal attributes
    const rest = [two(0), two(0), two(0), four(mode), four(offset), name];
    directory.push(joined([four(0x02014b50), two(madeBy), two(needed), ...common, ...rest]));
    parts.push(local);
    offset += local.length;
  }
  const listed = joined(directory);
  const count = two(directory.length);
  const end = [four(0x06054b50), two(0), two(0), count, count, four(listed.length), four(offset), two(0)];
  return joined([...parts, listed, ...end]);
}

/** As MS-DOS had it, to two seconds. */
function dosTime(at: Date): number {
  return at.getUTCHours() << 11 | at.getUTCMinutes() << 5 | at.getUTCSeconds() >> 1;
}

function dosDate(at: Date): number {
  return at.getUTCFullYear() - 1980 << 9 | at.getUTCMonth() + 1 << 5 | at.getUTCDate();
}

function two(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8 & 0xff);
}

function four(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8 & 0xff, value >>> 16 & 0xff, value >>> 24 & 0xff);
}
