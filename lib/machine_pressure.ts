import { groupLimit, parseGroups, type ReadText } from "./control_group.ts";

/** How hard the programs of a machine press it. */
export interface Pressure {
  /**
   * The share of the last 10 s in which something waited for a core or for memory (Linux's pressure stall information). Where that
   * is not told: the load average over a minute, for each core. Undefined: the system tells neither.
   */
  readonly load: number | undefined;
  /** Memory that programs here can still get, in bytes; undefined if the system does not tell. */
  readonly freeBytes: number | undefined;
}

/** What a system tells besides its files. */
export interface SystemNumbers {
  /** The mean over a minute of threads that run or could run; undefined if there is none. */
  loadAverage(): number | undefined;
  /** Memory that programs can still get, without the limit of a container, in bytes. */
  availableBytes(): number | undefined;
}

/** Needs the permission `sys`. */
export const systemNumbers: SystemNumbers = {
  loadAverage: () => Deno.build.os === "windows" ? undefined : known(() => Deno.loadavg()[0]),
  availableBytes: () => known(() => Deno.systemMemoryInfo().available),
};

function known(read: () => number): number | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** How hard a machine with so many usable cores is pressed now. The limits of our control group count, and its own pressure. */
export function readPressure(cores: number, read: ReadText, system: SystemNumbers): Pressure {
  const group = parseGroups(read("/proc/self/cgroup") ?? "").get("");
  const folders = group === undefined ? [] : [`/sys/fs/cgroup${group === "/" ? "" : group}`];
  const files = ["cpu", "memory"].flatMap((what) => [
    `/proc/pressure/${what}`,
    ...folders.map((folder) => `${folder}/${what}.pressure`),
  ]);
  const stalls = files.map((file) => stalledShare(read(file) ?? "")).filter((share) => share !== undefined);
  const average = system.loadAverage();
  const limit = groupLimit("memory", read);
  const available = system.availableBytes();
  const left = limit === undefined ? undefined : Math.max(0, limit.value - limit.used);
  const free = [available, left].filter((bytes) => bytes !== undefined);
  return {
    load: stalls.length > 0 ? Math.max(...stalls) : average === undefined ? undefined : average / cores,
    freeBytes: free.length > 0 ? Math.min(...free) : undefined,
  };
}

/** The share of the last 10 s in which something waited, of a file of pressure stall information. */
function stalledShare(text: string): number | undefined {
  const [, percent] = /^some avg10=(\d+(?:\.\d+)?)/m.exec(text) ?? [];
  return percent === undefined ? undefined : Number(percent) / 100;
}

/**
 * Reads files of the system again and again, after permissions are given up too: each stays open from its first time on. (Go's
 * runtime keeps those of its control group open, too.)
 */
export class OpenFiles implements Disposable {
  readonly #files = new Map<string, Deno.FsFile | undefined>();
  readonly #buffer = new Uint8Array(16 * 1024);

  readonly read: ReadText = (path) => {
    try {
      const file = this.#opened(path);
      if (file === undefined) return undefined;
      file.seekSync(0, Deno.SeekMode.Start);
      const decoder = new TextDecoder();
      let text = "";
      for (let n = file.readSync(this.#buffer); n !== null && n > 0; n = file.readSync(this.#buffer)) {
        text += decoder.decode(this.#buffer.subarray(0, n), { stream: true });
      }
      return text;
    } catch {
      return undefined; // its group is gone
    }
  };

  #opened(path: string): Deno.FsFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, openedFile(path));
    return this.#files.get(path);
  }

  [Symbol.dispose](): void {
    for (const file of this.#files.values()) file?.close();
    this.#files.clear();
  }
}

function openedFile(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch {
    return undefined; // another system, or not allowed
  }
}

/** What reads the pressure on a machine, once permissions are given up too; disposing of it closes its files. */
export interface PressureReader extends Disposable {
  /** `cores`: those that can be used. */
  read(cores: number): Pressure;
}

/** Opens the files that tell it, which needs all permissions; to read them needs `sys`. */
export function openPressure(): PressureReader {
  const files = new OpenFiles();
  const read = (cores: number) => readPressure(cores, files.read, systemNumbers);
  read(1);
  return { read, [Symbol.dispose]: () => files[Symbol.dispose]() };
}
