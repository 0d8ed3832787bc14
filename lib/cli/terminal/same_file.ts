import { UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Session } from "./session.ts";

/** A file that a command reads or writes, and what the user calls it, like `--journal out`. */
export interface UsedFile {
  readonly name: string;
  /** Its path; 0, 1 and 2 are stdin, stdout and stderr. */
  readonly at: string | 0 | 1 | 2;
  readonly written: boolean;
}

/**
 * Makes sure that what a command writes is not a file that it reads, or writes something else to: it would read its own results
 * without end, or write a mixture. Paths are compared by their files, so links do not hide one; a file that does not exist yet
 * by its path.
 *
 * @throws {UsageError} two of them are one file, and at least one of the two is written
 */
export function refuseSameFile(files: readonly UsedFile[], session: Pick<Session, "identity">): void {
  const known = new Map<string, UsedFile>();
  for (const file of files) {
    const identity = typeof file.at === "string" ? identityAt(file.at) : textOf(session.identity(file.at));
    if (identity === undefined) continue;
    const other = known.get(identity);
    if (other === undefined || file.written) known.set(identity, file);
    if (other === undefined || !(file.written || other.written)) continue;
    throw new UsageError(`${other.name} and ${file.name} are the same file; give one of them another file`);
  }
}

function identityAt(path: string): string | undefined {
  try {
    const info = Deno.statSync(path);
    return info.isFile ? textOf(info) : undefined;
  } catch {
    return absolutePath(path);
  }
}

/** Not on systems that have no inodes. */
function textOf(identity: { readonly dev: number; readonly ino: number | null } | null): string | undefined {
  return identity === null || identity.ino === null ? undefined : `${identity.dev}:${identity.ino}`;
}

/** Where the name of a file leads: `-` is the stream that it stands for. */
export function placeOf(name: string, stream: 0 | 1 = 1): UsedFile["at"] {
  return name === "-" || name === (stream === 0 ? "/dev/stdin" : "/dev/stdout") ? stream : name;
}
