import type { TaggedFile } from "./tagged_file.ts";

/** A file as the heap sees it. */
export type Placed = Pick<TaggedFile, "line" | "index">;

/** Files by the lines of their current records, the lowest first; of the same line, the first file first. A binary heap. */
export class FileHeap<F extends Placed> {
  readonly #files: F[] = [];

  /** The file with the lowest line; undefined if there is no file. */
  get top(): F | undefined {
    return this.#files[0];
  }

  add(file: F): void {
    const files = this.#files;
    let at = files.push(file) - 1;
    for (let above = (at - 1) >> 1; at > 0 && isBefore(file, files[above]); above = (at - 1) >> 1) {
      files[at] = files[above];
      at = above;
    }
    files[at] = file;
  }

  /** Removes the top. */
  removeTop(): void {
    const last = this.#files.pop();
    if (last === undefined || this.#files.length === 0) return;
    this.#files[0] = last;
    this.moved();
  }

  /** Puts the top where it belongs when it has gone on to another line. */
  moved(): void {
    const files = this.#files;
    const [file] = files;
    let at = 0;
    for (let below = 1; below < files.length; below = 2 * at + 1) {
      if (below + 1 < files.length && isBefore(files[below + 1], files[below])) below++;
      if (!isBefore(files[below], file)) break;
      files[at] = files[below];
      at = below;
    }
    files[at] = file;
  }
}

function isBefore(one: Placed, other: Placed): boolean {
  return one.line < other.line || one.line === other.line && one.index < other.index;
}
