import type { TracedAttempt, TraceEvent } from "../../model/trace.ts";
import { Places } from "./places.ts";
import { counter, first, instant, naming, nanoseconds, rounded, span, type Track } from "./trace_events.ts";

/** The process of what belongs to no thread. */
const mainPid = 1;

/**
 * Threads are processes from `firstPid` on, and the places in them are threads. Their ids are those of no process and of no other
 * thread: Perfetto names a thread by its id alone, and takes one with the id of its process for the main thread.
 */
const [firstPid, pidsOfGroup, firstTid, tidsOfThread] = [100, 2_000, 10_000_000, 400_000];

/** In which order the tracks of a thread stand, and what they are called. */
const kinds = {
  queue: { order: 0, name: (place: number) => place === 0 ? "queue" : `queue ${place}` },
  task: { order: 100_000, name: (place: number) => `task ${place}` },
  send: { order: 300_000, name: (place: number) => place === 0 ? "send" : `send ${place}` },
} as const;

type TrackKind = keyof typeof kinds;

/** The tracks of a kind in a thread: no two spans on one overlap. */
interface Tracks {
  readonly places: Places;
  readonly tracks: Track[];
}

/** What a trace shows of a thread; `tid`: the lowest of its tracks. */
type Thread = Readonly<Record<TrackKind, Tracks>> & Track;

/** A span of a slot. */
interface SlotSpan {
  readonly slot: number;
  readonly startMs: number;
  readonly ms: number;
}

/**
 * Makes a trace of what happens in runs: an array of JSON in the Trace Event Format
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), which ui.perfetto.dev and chrome://tracing open.
 * Both open an array that lacks its end, too, and each text here ends with a whole event. So what a killed program has written can be
 * read.
 *
 * A thread is a process of the format, and each of its places a thread with a track of its own: spans of one track must not overlap.
 */
export class TraceText {
  readonly #threads = new Map<number, Thread>();
  #group = { number: 0, name: "" };
  /** Names of tracks that have not been written yet. */
  #names = "";

  /** How a trace begins. `name`: what runs. */
  begin(name: string): string {
    return first(naming("process", { pid: mainPid, tid: mainPid }, name, 0));
  }

  /** The threads of what comes from now on are those of a group, from 0, and the names of their processes begin so. */
  enter(number: number, name: string): void {
    this.#group = { number, name: `${name} ` };
  }

  /** How it ends. */
  end(): string {
    return "\n]\n";
  }

  text(event: TraceEvent): string {
    const text = this.#textOf(event);
    const names = this.#names;
    this.#names = "";
    return names + text;
  }

  #textOf(event: TraceEvent): string {
    switch (event.kind) {
      case "attempt":
        return this.#attempt(event);
      case "queue":
        return this.#span("queue", event, `{"line":${event.line},"items":${event.items}}`);
      case "send":
        return this.#span("send", event, `{"items":${event.items}}`);
      case "steal": {
        const { slot, atMs, line, items } = event;
        return instant("steal", this.#thread(slot).pid, atMs, { line, items });
      }
      case "restart":
      case "kill":
        return instant(event.kind, this.#thread(event.slot).pid, event.atMs, {});
      case "retry": {
        const { slot, atMs, line, attempt } = event;
        return instant("retry", this.#thread(slot).pid, atMs, { line, attempt });
      }
      case "width":
        return counter("width", mainPid, event.atMs, { threads: event.threads, tasks: event.tasks });
      case "rate":
        return counter("items per second", mainPid, event.atMs, { items: rounded(event.itemsPerSecond) });
      case "inFlight":
        return counter("items in flight", mainPid, event.atMs, { items: event.items });
      default:
        return event satisfies never;
    }
  }

  /** `run` until its function returned, `wait` until the promise that it returned was settled. */
  #attempt(event: TracedAttempt): string {
    const { slot, startMs, ms, pendingMs, line, attempt, outcome, error, bytes, queueMs, sendMs } = event;
    const [start, end] = [nanoseconds(startMs), nanoseconds(startMs + ms)];
    const returned = Math.max(start, nanoseconds(startMs + ms - pendingMs));
    const track = this.#track(slot, "task", start, end);
    let args = `"line":${line},"attempt":${attempt},"outcome":${JSON.stringify(outcome)}`;
    if (error !== undefined) args += `,"error":${JSON.stringify(error)}`;
    if (bytes !== undefined) args += `,"bytes":${bytes}`;
    if (queueMs !== undefined) args += `,"queueMs":${rounded(queueMs)}`;
    if (sendMs !== undefined) args += `,"sendMs":${rounded(sendMs)}`;
    const rest = `${outcome === "ok" ? "" : '"cname":"terrible",'}"args":{${args}}`; // a colour of chrome://tracing
    const run = span("run", track, start, returned, rest);
    return pendingMs === 0 ? run : run + span("wait", track, returned, end, rest);
  }

  #span(kind: "queue" | "send", { slot, startMs, ms }: SlotSpan, args: string): string {
    const [start, end] = [nanoseconds(startMs), nanoseconds(startMs + ms)];
    return span(kind, this.#track(slot, kind, start, end), start, end, `"args":${args}`);
  }

  /** A track of the thread that is free from `start` to `end`. */
  #track(slot: number, kind: TrackKind, start: number, end: number): Track {
    const { pid, tid, [kind]: { places, tracks } } = this.#thread(slot);
    const place = places.take(start, end);
    const { order, name } = kinds[kind];
    for (let next = tracks.length; next <= place; next++) {
      const track = { pid, tid: tid + order + next };
      tracks.push(track);
      this.#names += naming("thread", track, name(next), order + next);
    }
    return tracks[place];
  }

  #thread(slot: number): Thread {
    const { number, name } = this.#group;
    const pid = firstPid + number * pidsOfGroup + slot;
    const known = this.#threads.get(pid);
    if (known !== undefined) return known;
    const tracks = (): Tracks => ({ places: new Places(), tracks: [] });
    const tid = firstTid + this.#threads.size * tidsOfThread;
    const thread = { pid, tid, queue: tracks(), task: tracks(), send: tracks() };
    this.#threads.set(pid, thread);
    this.#names += naming("process", { pid, tid: pid }, `${name}thread ${slot}`, pid);
    return thread;
  }
}
