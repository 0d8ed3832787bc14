/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { after, clockSince } from "../lib/clock.ts";
import { threadCpuTime } from "../lib/exec/slot/cpu_clock.ts";
import { explainDenied } from "../lib/exec/slot/denied.ts";
import { closeMadeProcess, forbidHarm } from "../lib/exec/slot/forbidden.ts";
import { printToStderr } from "../lib/exec/slot/job_console.ts";
import { catchUncaught } from "../lib/exec/slot/uncaught.ts";
import { printError } from "../lib/natives.ts";
import type { FromSlot, ToSlot } from "../lib/exec/wire/protocol.ts";
import { describeError, errorText } from "../lib/exec/slot/record.ts";
import { ResultChunks } from "../lib/exec/wire/result_chunks.ts";
import { Slot } from "../lib/exec/slot/slot.ts";
import { SlotProbes } from "../lib/exec/slot/slot_probes.ts";
import { jobFrame } from "../lib/jobs/job_frame.ts";
import { loadJob } from "../lib/jobs/load.ts";
import { ownItems } from "../lib/jobs/own_items.ts";

// The job may replace globals: what we use we keep.
const send = self.postMessage.bind(self);
const close = self.close.bind(self);
const post = (message: FromSlot, buffer?: ArrayBuffer) => buffer ? send(message, listOf(buffer)) : send(message);
const { apply } = Reflect;
const { stopImmediatePropagation } = Event.prototype;
const isTrusted = Object.getOwnPropertyDescriptor(Event.prototype, "isTrusted")?.get as () => boolean;
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

forbidHarm();
printToStderr();

let slot: Slot | undefined;
let end: () => unknown = () => {};

async function load(message: ToSlot & { kind: "load" }): Promise<void> {
  const loaded = await loadJob(message.job);
  if (loaded.kind === "refused") return post({ kind: "refused", found: explainDenied(loaded.found) ?? loaded.found });
  closeMadeProcess();
  const { job } = loaded;
  const own = message.wantsItems ? ownItems(job) : { kind: "items", json: undefined } as const;
  if (own.kind === "refused") return post(own);
  const { thread, generation, control, format, numbering, credit } = message;
  let state: unknown;
  try {
    state = await job.setup?.({ thread });
  } catch (error) {
    const text = errorText(error);
    return post({ kind: "refused", found: `its setup failed: ${explainDenied(text) ?? text}` });
  }
  const now = clockSince(message.epoch);
  const { measureItems: items, measurePhases: phases } = message;
  slot = new Slot({
    run: job.run,
    generator: /^\[object (Async)?GeneratorFunction\]$/.test(tag(job.run)),
    thread,
    state,
    generation,
    control,
    format,
    numbering,
    credit,
    chunks: new ResultChunks(message.results),
    post,
    now,
    cpuNow: message.measureCpu ? threadCpuTime : undefined,
    probes: items || phases ? new SlotProbes({ now, after, items, phases }) : undefined,
    after,
    placeOf: jobFrame,
  });
  end = () => job.teardown?.(state);
  post({ kind: "loaded", items: own.json });
}

async function finish(): Promise<void> {
  try {
    await end();
  } catch (error) {
    printError("teardown:", describeError(error).message);
  }
  post({ kind: "finished" });
  close();
}

function execute(data: ToSlot): unknown {
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
}

/** A job's listener hears nothing of what main says, and what a job dispatches itself is nothing to us. */
self.addEventListener("message", (event: MessageEvent<ToSlot>) => {
  if (!apply(isTrusted, event, [])) return;
  apply(stopImmediatePropagation, event, []);
  execute(event.data);
});
catchUncaught((thrown, item) => {
  if (slot !== undefined) slot.uncaught(thrown, item);
  else post({ kind: "fatal", message: errorText(thrown) }); // a job that fails so while it loads is none
});
