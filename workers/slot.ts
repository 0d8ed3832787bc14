/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { after, clockSince } from "../lib/clock.ts";
import { threadCpuTime } from "../lib/exec/cpu_clock.ts";
import { explainDenied } from "../lib/exec/denied.ts";
import { printToStderr } from "../lib/exec/job_console.ts";
import type { FromSlot, ToSlot } from "../lib/exec/protocol.ts";
import { describeError } from "../lib/exec/record.ts";
import { ResultChunks } from "../lib/exec/result_chunks.ts";
import { Slot } from "../lib/exec/slot.ts";
import { loadJob } from "../lib/jobs/load.ts";

// The job may replace globals: what we use we keep.
const send = self.postMessage.bind(self);
const close = self.close.bind(self);
const post = (message: FromSlot, buffer?: ArrayBuffer) => buffer ? send(message, listOf(buffer)) : send(message);
const { iterator } = Symbol;
const tag = Function.prototype.call.bind(Object.prototype.toString) as (value: unknown) => string;

/** A list of one, which is iterated without the iterator of arrays. */
function listOf(buffer: ArrayBuffer): ArrayBuffer[] {
  let given = false;
  const next = () => {
    if (given) return { done: true };
    given = true;
    return { done: false, value: buffer };
  };
  return { [iterator]: () => ({ next }) } as unknown as ArrayBuffer[];
}

/** A job that ends the program, or speaks for us, would harm everybody's items: only the item that tries it fails. */
function forbid(name: string, remedy: string): () => never {
  return () => {
    throw new Error(`${name} is not for jobs: ${remedy}`);
  };
}
Object.defineProperty(Deno, "exit", { value: forbid("Deno.exit", "throw an error to fail an item") });
Object.defineProperty(self, "close", { value: forbid("self.close", "throw an error to fail an item") });
Object.defineProperty(self, "postMessage", { value: forbid("self.postMessage", "return a value, or yield some") });
Object.defineProperty(Deno, "chdir", { value: forbid("Deno.chdir", "it would move all threads; use absolute paths") });
Object.defineProperty(Deno, "stdin", { get: forbid("Deno.stdin", "its lines are the items") });

printToStderr();

let slot: Slot | undefined;
let end: () => unknown = () => {};

async function load(message: ToSlot & { kind: "load" }): Promise<void> {
  const loaded = await loadJob(message.job);
  if (loaded.kind === "refused") return post({ kind: "refused", found: explainDenied(loaded.found) ?? loaded.found });
  const { job } = loaded;
  const { thread, mark, control, format, numbering, credit } = message;
  let state: unknown;
  try {
    state = await job.setup?.({ thread });
  } catch (error) {
    const { name, message } = describeError(error);
    return post({ kind: "refused", found: `its setup failed: ${name}: ${explainDenied(message) ?? message}` });
  }
  slot = new Slot({
    run: job.run,
    generator: /^\[object (Async)?GeneratorFunction\]$/.test(tag(job.run)),
    thread,
    state,
    mark,
    control,
    format,
    numbering,
    credit,
    chunks: new ResultChunks(message.results),
    post,
    now: clockSince(message.epoch),
    cpuNow: message.measureCpu ? threadCpuTime : undefined,
    after,
  });
  end = () => job.teardown?.(state);
  post({ kind: "loaded" });
}

async function finish(): Promise<void> {
  try {
    await end();
  } catch (error) {
    console.error("teardown:", describeError(error).message);
  }
  post({ kind: "finished" });
  close();
}

/** An error that belongs to no item: the slot will be replaced. */
function fatal(message: string): void {
  try {
    slot?.die();
  } finally {
    post({ kind: "fatal", message });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToSlot>) => {
  switch (data.kind) {
    case "load":
      return void load(data);
    case "items":
      return slot?.take(data);
    case "taken":
      return slot?.taken(data);
    case "takenOf":
      return slot?.takenOf(data.item, data.bytes);
    case "resume":
      return slot?.resume();
    case "cancel":
      return slot?.cancel(data.item);
    case "stop":
      return slot?.stop();
    case "finish":
      return void finish();
    default:
      return data satisfies never;
  }
});
self.addEventListener("error", (event) => {
  event.preventDefault();
  fatal(event.message);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fatal(describeError(event.reason).message);
});
