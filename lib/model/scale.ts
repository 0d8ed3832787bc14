/** Kinds of task that can be parked, from the cheapest on. */
export const taskKinds = ["generator", "promise", "wheel", "timer", "delay", "fetch"] as const;

/** A kind of task that can be parked. */
export type TaskKind = (typeof taskKinds)[number];

/** What a ladder is of: a kind of task, or threads. */
export type ScaleKind = TaskKind | "thread";

/** All of them, in the order in which they are shown. */
export const scaleKinds: readonly ScaleKind[] = [...taskKinds, "thread"];

/** One step of a ladder: a rung of tasks, or the climb of threads. */
export type ScaleStep =
  | { readonly kind: TaskKind; readonly alive: number }
  | { readonly kind: "thread"; readonly upTo: number };

/**
 * Memory is taken and given back in pages, some of which a heap has free anyway: resident memory of fewer bytes says little
 * of what one task takes.
 */
export const resolutionBytes = 4 * 2 ** 20;

/** Limits of the machine, of the user and of the process. */
export const limitNames = [
  "memory",
  "cgroup-memory",
  "heap",
  "address-space",
  "threads-max",
  "pid-max",
  "cgroup-pids",
  "user-processes",
  "map-count",
  "open-files",
] as const;

/** A limit that a ladder can meet. */
export type LimitName = (typeof limitNames)[number];

/** A limit, and what of it was in use before the first rung. */
export interface Limit {
  readonly name: LimitName;
  /** In bytes, threads, mappings or files. */
  readonly value: number;
  readonly used: number;
}

/** Why a ladder ended before its last rung. */
export const stopNames = ["max-memory", "max-time", "killed", "crashed", "interrupted", ...limitNames] as const;

/** Why a ladder ended: a cap of ours, a limit, a signal that killed the child, a crash of it, or the user. */
export type StopName = (typeof stopNames)[number];

/** One rung: so many tasks or threads that wait at the same time, in a process of their own. */
export interface ScaleRung {
  readonly kind: ScaleKind;
  /** How many should wait. */
  readonly alive: number;
  /** How many did. */
  readonly reached: number;
  /** Resident memory that they take, in bytes; null if they were not all there, like what follows. */
  readonly totalBytes: number | null;
  /** The same of one. */
  readonly eachBytes: number | null;
  /** Time to start them all, in milliseconds. */
  readonly startMs: number | null;
  /** Time until they all have ended, in milliseconds; null for threads below the highest rung, too. */
  readonly endMs: number | null;
  /** Address space that they take, in bytes; null if it cannot be read, and for tasks. */
  readonly virtualBytes: number | null;
  /** Why not all of them came; null if they did. */
  readonly stoppedBy: StopName | null;
  /** The value of the cap or limit that stopped them; null if there is none. */
  readonly limit: number | null;
  /** The beginning and the end of what the child wrote before it was killed or crashed; empty if nothing. */
  readonly said: string;
}

/** What one task or thread costs: the slope of a line through the rungs. */
export interface ScaleFit {
  readonly kind: ScaleKind;
  /** Resident memory of one, in bytes. */
  readonly bytesEach: number;
  /** How much of the variance the line explains. */
  readonly r2: number;
  /** Rungs that it goes through. */
  readonly rungs: number;
}

/** How many of a kind there can be until a limit is met, if all goes on as on the ladder. */
export interface Forecast {
  readonly kind: ScaleKind;
  readonly limit: LimitName;
  /** The limit's value. */
  readonly value: number;
  readonly alive: number;
}

/** The end of a climb of threads. */
export interface ThreadsEnd {
  /** How many ended. */
  readonly threads: number;
  /** Until the system had ended them all, in milliseconds; null if it had not within 15 s, or does not tell, like what follows. */
  readonly endMs: number | null;
  /** Resident memory that was not given back, in bytes. */
  readonly keptBytes: number | null;
}

/** The result of `scale`. */
export interface ScaleResult {
  /** By number alive, then by kind. */
  readonly rungs: readonly ScaleRung[];
  readonly fits: readonly ScaleFit[];
  /** By kind, the nearest limit first. */
  readonly forecast: readonly Forecast[];
  /** Null if no thread was started, or their process did not live to their end. */
  readonly threadsEnd: ThreadsEnd | null;
}
