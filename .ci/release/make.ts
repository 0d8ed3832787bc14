import { createHash } from "node:crypto";
import type { Refused } from "./compile.ts";
import { type ArchivedFile, tarGz } from "./tar.ts";
import { folderOf, type Target } from "./targets.ts";
import { zip } from "./zip.ts";

/** What a release is made of. */
export interface Parts {
  readonly targets: readonly Target[];
  /** The executable for a target, or why there is none. */
  executable(target: Target): Promise<Uint8Array | Refused>;
  /** What each archive has besides. */
  readonly extras: readonly ArchivedFile[];
  /** What the release has beside the archives. */
  readonly besides: readonly ArchivedFile[];
  readonly at: Date;
  write(file: ArchivedFile): void;
  say(line: string): void;
}

/**
 * Writes an archive for each target, what is beside them, and SHA256SUMS over all of these. Where there is no executable it says why and
 * goes on. Returns the exit code: 0 if all targets are there, else 1.
 */
export async function makeRelease({ targets, executable, extras, besides, at, write, say }: Parts): Promise<0 | 1> {
  const sums: string[] = [];
  const add = (file: ArchivedFile) => {
    write(file);
    sums.push(`${createHash("sha256").update(file.bytes).digest("hex")}  ${file.path}\n`);
  };
  const missing: string[] = [];
  for (const target of targets) {
    const made = await executable(target);
    if ("refused" in made) {
      missing.push(target.name);
      say(`${target.name}: no executable. ${made.refused}`);
      continue;
    }
    const archive = { path: `${folderOf(target)}${target.archive}`, bytes: archiveOf(target, made, extras, at) };
    add(archive);
    say(`${archive.path}: ${mebibytes(archive.bytes)}; the executable: ${mebibytes(made)}`);
  }
  besides.forEach(add);
  write({ path: "SHA256SUMS", bytes: new TextEncoder().encode(sums.toSorted(byName).join("")) });
  if (missing.length === 0) return 0;
  say(`incomplete: ${missing.length} of ${targets.length} targets are missing: ${missing.join(", ")}`);
  return 1;
}

/** An archive with one folder, as ripgrep's are. */
function archiveOf(target: Target, executable: Uint8Array, extras: readonly ArchivedFile[], at: Date) {
  const files = [{ path: target.executable, bytes: executable, executable: true }, ...extras]
    .map((file) => ({ ...file, path: `${folderOf(target)}/${file.path}` }));
  return target.archive === ".zip" ? zip(files, at) : tarGz(files, at);
}

function byName(a: string, b: string): number {
  const [first, second] = [a, b].map((line) => line.slice(66));
  return first < second ? -1 : 1;
}

function mebibytes({ length }: Uint8Array): string {
  return `${(length / 2 ** 20).toFixed(1)} MiB`;
}
