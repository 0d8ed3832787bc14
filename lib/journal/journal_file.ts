import { JournalError, messageOf } from "../errors.ts";
import { absolutePath } from "../paths.ts";
import { encode, type Entry, type JournalHeader } from "./entry.ts";

const encoder = new TextEncoder();

/** A journal's file, which nobody else writes while it is open. What it has is only ever added to. */
export class JournalFile {
  /** As the user wrote it. */
  readonly name: string;
  readonly #file: Deno.FsFile;
  #failure: JournalError | undefined;

  private constructor(name: string, file: Deno.FsFile) {
    this.name = name;
    this.#file = file;
  }

  /** @throws {JournalError} it cannot be opened, or another run has it */
  static open(name: string, create: boolean): JournalFile {
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(absolutePath(name), { read: true, append: true, create });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound && !create) {
        throw new JournalError(name, "there is no such journal", "journal-missing");
      }
      throw new JournalError(name, `cannot be opened: ${messageOf(error)}; choose another place`);
    }
    if (isLocked(file)) {
      file.close();
      throw new JournalError(name, "another run is writing it; wait for its end, or choose another name");
    }
    return new JournalFile(name, file);
  }

  /** All that is in it. */
  read(): Uint8Array {
    const { size, isFile } = this.#file.statSync();
    const bytes = new Uint8Array(isFile ? size : 0);
    let length = 0;
    for (let count: number | null = 0; length < bytes.length && count !== null; length += count ?? 0) {
      count = this.#file.readSync(bytes.subarray(length));
    }
    return bytes.subarray(0, length);
  }

  /** Cuts a torn end off, and writes behind it. */
  cut(length: number): void {
    this.#trying(() => this.#file.truncateSync(length));
  }

  /**
   * Adds records, in one write. It goes to the system's memory, in 0.03 ms: it outlives this program, not the machine.
   * After a failure nothing more is written, as its last record may be torn.
   *
   * @throws {JournalError} the disk is full, for example
   */
  append(...records: readonly (JournalHeader | Entry)[]): void {
    if (this.#failure) throw this.#failure;
    const bytes = encoder.encode(records.map(encode).join(""));
    this.#trying(() => {
      for (let from = 0; from < bytes.length;) from += this.#file.writeSync(bytes.subarray(from));
    });
  }

  close(): void {
    this.#file.close();
  }

  #trying(write: () => void): void {
    try {
      write();
    } catch (error) {
      const found = `cannot be written: ${messageOf(error)}`;
      throw this.#failure = new JournalError(this.name, found, "journal-not-written");
    }
  }
}

/** The lock goes with the program, however that ends. Where the file system knows no locks, there is none. */
function isLocked(file: Deno.FsFile): boolean {
  try {
    return !file.tryLockSync(true);
  } catch {
    return false;
  }
}
