import type { Mode } from "./grid.ts";
import type { RunTimeline } from "./timeline.ts";

/** What a built-in job is allowed without being granted it. */
export interface JobNeeds {
  /** Hosts that it connects to and listens on. */
  readonly net?: readonly string[];
  /** Files that it reads. */
  readonly read?: readonly string[];
}

/** A built-in job. */
export interface JobRow {
  /** Its name, without @. */
  readonly name: string;
  /** What an item does. */
  readonly about: string;
  /** The mode that should suit it. */
  readonly expects: Mode;
  /** What it is allowed. */
  readonly needs: JobNeeds;
}

/** The result of `jobs`. */
export interface JobsResult {
  /** All built-in jobs. */
  readonly jobs: readonly JobRow[];
}

/** One item of the book's merged stream. */
export interface StreamItem {
  /** When main took it, in milliseconds from the run's start. */
  readonly atMs: number;
  /** Its source, or that a message came too late. */
  readonly kind: "message" | "interval" | "timeout";
  /** Its line, as the book's program prints it. */
  readonly text: string;
}

/** One run of the book's program. */
export interface StreamRun {
  /** Who produced the intervals. */
  readonly producer: "task" | "thread";
  /** What main took, in order. */
  readonly items: readonly StreamItem[];
  /** Intervals that were sent and not received when main took its last item. */
  readonly backlog: number;
  /** The interval that its producer could not send, because main had closed the channel; null if there was none. */
  readonly unsent: number | null;
  /** From the run's start to its last item, in milliseconds. */
  readonly elapsedMs: number;
}

/** The result of `streams`. */
export interface StreamsResult {
  /** One run, or one from a task and one from a thread. */
  readonly runs: readonly StreamRun[];
  /** Whether both runs gave the same items, source by source; absent with one run, like what follows. */
  readonly agree?: boolean;
  /** Whether the sources were interleaved alike too. */
  readonly sameOrder?: boolean;
  /** The first item that differs; empty if none does. */
  readonly difference?: string;
}

/** The result of `channel`. */
export interface ChannelResult {
  /** The values that came through, and when, in milliseconds from the start. */
  readonly items: readonly { readonly atMs: number; readonly value: number }[];
}

/** Items that came to a result, and to an error record. */
export interface Counts {
  readonly ok: number;
  readonly failed: number;
}

/** A target for the p99 of item times, from start to end, and whether it was missed; in milliseconds. */
export interface Latency {
  readonly targetMs: number;
  /** The p99 of one item at a time, if that is above the target already; null: it is not, or the run was never so narrow. */
  readonly missedMs: number | null;
}

/** The result of `run`: how it went. */
export interface RunResult extends Counts {
  /** How it ended: at the end of its input, at its first failed item (`--fail-fast`), when too many had failed, or early. */
  readonly how: "done" | "failed-fast" | "too-many-failures" | "stopped";
  /** What the program exits with; null if a signal stops it. */
  readonly exitCode: number | null;
  /** The command line that goes on with the journal, or runs its failed items again; null if there is nothing to do. */
  readonly next: string | null;
  /** Lines that were read, blank ones too. */
  readonly lines: number;
  /** Blank lines. */
  readonly skipped: number;
  /** What earlier runs of the journal have done and this one has not repeated. */
  readonly before: Counts;
  /** Times that an item ran again. */
  readonly retried: number;
  /** Slots that were started again. */
  readonly restarts: number;
  /** Bytes that were read. */
  readonly bytesIn: number;
  /** Bytes of results that were written. */
  readonly bytesOut: number;
  /** Items that ended per second. */
  readonly linesPerSecond: number;
  /** What `auto` found an item to take, and how much of that to compute, in milliseconds; null if nothing was chosen or found. */
  readonly found: { readonly itemMs: number; readonly cpuMs: number | null } | null;
  /** Half of the items, and 99 of 100, took no longer from start to end, in milliseconds, to 1 %; null if not measured. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Threads at the end. */
  readonly threads: number;
  /** Items that each thread ran at once, at the end. */
  readonly tasks: number;
  /** Where the slots were. */
  readonly isolate: "worker" | "process";
  /** What became of a target for the items' times; null: there was none. */
  readonly latency: Latency | null;
  /** What the threads did when; absent if no document was asked for that shows it. */
  readonly timeline?: RunTimeline;
}
