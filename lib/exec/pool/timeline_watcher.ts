import {
  type AttemptEnd,
  maxAttempts,
  type RunTimeline,
  type TimelineAttempt,
  type TimelineEvent,
} from "../../model/timeline.ts";
import type { TracedAttempt, TraceEvent } from "../../model/trace.ts";
import type { Command, Event } from "../schedule/scheduler.ts";
import { type FromSlot, recordKind, type RunningSince } from "../wire/protocol.ts";
import type { Attempt } from "./attempt_log.ts";
import type { LastDeath } from "./last_death.ts";
import type { PoolSlot } from "./pool_slot.ts";
import { RunTrace } from "./run_trace.ts";
import type { RunWatcher, WatchedRun } from "./run_watcher.ts";

/** Events that are kept, at most: steals and restarts are few beside attempts. */
const maxEvents = 500;

/** An attempt that is kept, in milliseconds of the run's clock. */
interface Kept extends Omit<TimelineAttempt, "thread" | "task" | "startMs" | "endMs" | "outcome"> {
  readonly slot: number;
  readonly startMs: number;
  readonly endMs: number;
  /** How much later it may have started. */
  readonly slackMs: number;
  outcome: AttemptEnd;
}

/**
 * Keeps what the threads of a run do at its begin, until so many attempts have ended. After that it only counts: it costs a run next
 * to nothing, and its memory does not grow. The pool's `spans` must be `first` or `all`.
 */
export class TimelineWatcher implements RunWatcher {
  readonly #most: number;
  readonly #kept: Kept[] = [];
  readonly #events: TimelineEvent[] = [];
  /** Attempts that failed, by item, as long as the item may run again. */
  readonly #failed = new Map<number, Kept>();
  /** The attempt that was told last; undefined if it is not kept. */
  #last: Kept | undefined;
  #leftOut = 0;
  #beganMs = 0;
  /** What tells of attempts; undefined when enough are kept. */
  #trace: RunTrace | undefined;

  constructor(separator: "\n" | "\0" = "\n", most = maxAttempts) {
    this.#most = most;
    this.#trace = new RunTrace((event) => this.#add(event), (attempt) => this.#note(attempt), separator);
  }

  /** What is kept. */
  get timeline(): RunTimeline {
    return { attempts: placed(this.#kept, this.#beganMs), leftOut: this.#leftOut, events: this.#events };
  }

  begin(run: WatchedRun): void {
    this.#beganMs = run.clock.now();
    this.#trace?.begin(run);
  }

  running(items: readonly RunningSince[]): void {
    this.#trace?.running(items);
  }

  reported(slot: PoolSlot, message: FromSlot & { readonly kind: "results" }): void {
    if (this.#isFull) this.#endTrace(); // whether the last ones run again has been decided
    if (this.#trace === undefined) this.#leftOut += endsIn(message);
    else this.#trace.reported(slot, message);
  }

  heard(event: Event): void {
    this.#trace?.heard(event);
  }

  decided(command: Command, event: Event, death: LastDeath): void {
    if (this.#trace !== undefined) {
      this.#trace.decided(command, event, death);
      if (command.kind === "backOff") this.#runsAgain(command.item);
    } else if (command.kind === "fail" || command.kind === "backOff" && event.kind !== "ended") this.#leftOut++;
  }

  get #isFull(): boolean {
    return this.#kept.length >= this.#most;
  }

  #endTrace(): void {
    this.#trace = undefined;
    this.#failed.clear();
  }

  #add(event: TraceEvent): void {
    switch (event.kind) {
      case "attempt":
        this.#last = this.#isFull ? undefined : keptOf(event);
        if (this.#last !== undefined) this.#kept.push(this.#last);
        return;
      case "steal":
        return this.#addEvent({ kind: "steal", ...this.#at(event), items: event.items });
      case "restart":
        return this.#addEvent({ kind: "restart", ...this.#at(event) });
    }
  }

  #at({ slot, atMs }: { readonly slot: number; readonly atMs: number }) {
    return { thread: slot, atMs: rounded(atMs - this.#beganMs) };
  }

  #addEvent(event: TimelineEvent): void {
    if (this.#events.length < maxEvents) this.#events.push(event);
  }

  /** An attempt has ended; if it is known when, it has just been told. */
  #note({ item, ran, error }: Attempt): void {
    const last = ran && this.#last;
    if (last === undefined) this.#leftOut++;
    else if (error !== undefined) this.#failed.set(item, last);
  }

  #runsAgain(item: number): void {
    const failed = this.#failed.get(item);
    this.#failed.delete(item);
    if (failed?.outcome === "failed") failed.outcome = "retried";
  }
}

/** Of an attempt that no report tells of, main has read the start in the block's table, which has whole milliseconds. */
function keptOf({ slot, startMs, ms, line, attempt, outcome, sendMs }: TracedAttempt): Kept {
  const slackMs = sendMs === undefined ? 1 : 0;
  return { slot, startMs, endMs: startMs + ms, slackMs, line, attempt, outcome: endOf(outcome) };
}

function endOf(outcome: string): AttemptEnd {
  return outcome === "ok" ? "ok" : outcome === "lost" || outcome === "again" ? "lost" : "failed";
}

/** How many items have ended, as a report tells. */
function endsIn({ stretches }: FromSlot & { readonly kind: "results" }): number {
  let ends = 0;
  for (let i = 0; i < stretches.length; i += 4) if (stretches[i] !== recordKind.value) ends += stretches[i + 2];
  return ends;
}

/**
 * The attempts in the lowest task of their thread that is free: in the order of their starts this needs as few as can be. Times are
 * whole microseconds before they are compared, so that rounding makes none overlap.
 */
function placed(kept: readonly Kept[], beganMs: number): TimelineAttempt[] {
  const ends = new Map<number, number[]>();
  const since = (ms: number) => Math.max(0, rounded(ms - beganMs)); // clocks of two processes may differ by microseconds
  return kept.map((attempt) => ({ ...attempt, startMs: since(attempt.startMs), endMs: since(attempt.endMs) }))
    .sort((a, b) => a.slot - b.slot || a.startMs - b.startMs || a.endMs - b.endMs)
    .map(({ slot: thread, startMs, endMs, slackMs, line, attempt, outcome }) => {
      const tasks = ends.get(thread) ?? [];
      ends.set(thread, tasks);
      const latest = Math.min(endMs, startMs + slackMs);
      const free = tasks.findIndex((end) => end <= latest);
      const task = free < 0 ? tasks.length : free;
      const start = Math.max(startMs, tasks[task] ?? 0);
      tasks[task] = endMs;
      return { thread, task, startMs: start, endMs, line, attempt, outcome };
    })
    .sort((a, b) => a.thread - b.thread || a.task - b.task || a.startMs - b.startMs);
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
