/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { systemClock } from "../lib/clock.ts";
import type { FromSlot, ToSlot } from "../lib/exec/protocol.ts";
import { describeError, serveItems } from "../lib/exec/slot.ts";
import type { Job } from "../lib/jobs/job.ts";
import { loadJob } from "../lib/jobs/load.ts";
import type { Item } from "../lib/model.ts";

// The job may replace globals: what we use we keep.
const send = self.postMessage.bind(self);
const close = self.close.bind(self);
const post = (message: FromSlot) => send(message);

/** A job that ends the program would take everybody's items with it: only the item that asks for it fails. */
function forbid(name: string): () => never {
  return () => {
    throw new Error(`${name} is not for jobs: throw an error to fail an item`);
  };
}
Object.defineProperty(Deno, "exit", { value: forbid("Deno.exit") });
Object.defineProperty(self, "close", { value: forbid("self.close") });
console.log = console.info = console.debug = console.error; // stdout carries results only

const abort = new AbortController();
let take: (items: readonly Item[]) => void = () => {};
let end: () => unknown = () => {};

async function load({ job: reference, thread, tasks }: ToSlot & { kind: "load" }): Promise<void> {
  const loaded = await loadJob(reference);
  if (loaded.kind === "refused") return post(loaded);
  const { job } = loaded;
  let state: unknown;
  try {
    state = await job.setup?.({ thread });
  } catch (error) {
    const { name, message } = describeError(error);
    return post({ kind: "refused", found: `its setup failed: ${name}: ${message}` });
  }
  take = serveItems(runner(job, state, thread), tasks, systemClock, post);
  end = () => job.teardown?.(state);
  post({ kind: "loaded" });
}

function runner(job: Job, state: unknown, thread: number): (item: Item) => unknown {
  const signal = abort.signal;
  return ({ index, value }) => job.run(value, { signal, index, thread, state });
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

self.addEventListener("message", ({ data }: MessageEvent<ToSlot>) => {
  switch (data.kind) {
    case "load":
      return void load(data);
    case "items":
      return take(data.items);
    case "abort":
      return abort.abort();
    case "finish":
      return void finish();
    default:
      return data satisfies never;
  }
});
self.addEventListener("error", (event) => {
  event.preventDefault();
  post({ kind: "fatal", message: event.message });
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  post({ kind: "fatal", message: describeError(event.reason).message });
});
