import { gzipSync } from "node:zlib";

/** A file of an archive. */
export interface ArchivedFile {
  /** With slashes, relative. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable?: boolean;
}

const block = 512;

/**
 * A gzipped tar: the format ustar of POSIX.1-1988, files sorted by path and all of time `at`, no owner. The same files give the same
 * bytes, on one version of Deno. Throws if a path is longer than 100 bytes, which ustar has to split.
 *
 * Ours, because there was none to take: @std/tar is on JSR alone and marked unstable, tar-stream brings four packages, and nanotar
 * 0.3 cuts a long path without a word and may leave out the blocks that end an archive.
 */
export function tarGz(files: readonly ArchivedFile[], at: Date): Uint8Array<ArrayBuffer> {
  const parts = sorted(files).flatMap((file) => {
    const padding = new Uint8Array((block - file.bytes.length % block) % block);
    return [header(file, at), file.bytes, padding];
  });
  const tar = joined([...parts, new Uint8Array(2 * block)]);
  const bytes = new Uint8Array(gzipSync(tar, { level: 9 }));
  bytes[9] = 255; // the system that made it: unknown
  return bytes;
}

/** By path, in the order of code units. No two have the same. */
export function sorted(files: readonly ArchivedFile[]): readonly ArchivedFile[] {
  return files.toSorted((a, b) => a.path < b.path ? -1 : 1);
}

/** One after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function header({ path, bytes, executable = false }: ArchivedFile, at: Date): Uint8Array {
  const name = new TextEncoder().encode(path);
  if (name.length > 100) throw new RangeError(`${path}: longer than the 100 bytes that a tar's header has for it`);
  const head = new Uint8Array(block);
  const write = (offset: number, text: string) => head.set(new TextEncoder().encode(text), offset);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  head.set(name, 0);
  write(100, octal(executable ? 0o755 : 0o644, 7));
  write(108, octal(0, 7)); // user
  write(116, octal(0, 7)); // group
  write(124, octal(bytes.length, 11));
  write(136, octal(Math.floor(at.getTime() / 1000), 11));
  write(148, " ".repeat(8)); // its own sum counts as blanks
  write(156, "0"); // a plain file
  write(257, "ustar\0" + "00");
  write(148, `${octal(head.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
  return head;
}
