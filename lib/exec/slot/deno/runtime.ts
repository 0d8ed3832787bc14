import { itemInScope } from "../item_scope.ts";
import { attributeTimers, type OnUncaught } from "../job_timers.ts";
import type { ContextDoor } from "../item_scope.ts";
import type { SlotRuntime } from "../runtime.ts";
import {
  apply,
  Deno,
  Error,
  getOwnPropertyDescriptor,
  getter,
  listOf,
  printError,
  self,
  uncurryThis,
} from "../../../natives.ts";
import type { FromSlot, ToThread } from "../../wire/protocol.ts";
import { closeMadeProcess, forbidHarm, printToStderr } from "./forbidden.ts";

/** What a Worker's scope has and main's does not: lib/ is checked as code of either. */
interface WorkerScope {
  postMessage(message: FromSlot, transfer?: Iterable<ArrayBuffer>): void;
  close(): void;
}

const { postMessage, close } = self as unknown as WorkerScope; // forbidHarm replaces them
const addEventListener = self.addEventListener.bind(self);
const preventDefault = uncurryThis(Event.prototype.preventDefault);
const stopImmediatePropagation = uncurryThis(Event.prototype.stopImmediatePropagation);
const isTrusted = getter(Event.prototype, "isTrusted");
const errorOfEvent = getter(ErrorEvent.prototype, "error");
const messageOfEvent = getter(ErrorEvent.prototype, "message");
const reasonOfEvent = getter(PromiseRejectionEvent.prototype, "reason");
const { memoryUsage } = Deno;

/**
 * What AsyncLocalStorage is made of in Deno (core's `getAsyncContext` and `setAsyncContext`, 2.6.10 and 2.9.6), used directly
 * because `AsyncLocalStorage.run` costs 200 to 300 ns for an item where this costs about 20, and node:async_hooks takes 5
 * to 40 ms to load. A Deno that has it no longer loses the attribution, and nothing else.
 */
const { internal } = Deno as unknown as { internal: symbol };
const core = (Deno as unknown as Record<symbol, { core?: Partial<ContextDoor> } | undefined>)[internal]?.core;

/** A Web Worker of Deno. */
export const denoRuntime: SlotRuntime = {
  context: isDoor(core) ? core : { getAsyncContext: () => undefined, setAsyncContext: () => {} },
  forbidHarm() {
    forbidHarm();
    printToStderr();
  },
  /** A job's listener gets nothing of what main says, and events that a job dispatches itself do not count. */
  listen(execute) {
    addEventListener("message", (event) => {
      if (!isTrusted(event)) return;
      stopImmediatePropagation(event);
      execute((event as MessageEvent<ToThread>).data);
    });
  },
  post(message, buffer) {
    apply(postMessage, self, buffer ? [message, listOf(buffer)] : [message]);
  },
  catchUncaught,
  /** Loading what guards them takes 10 ms. */
  async guardDescriptors(mayUse) {
    if (await mayUse()) (await import("../descriptors.ts")).guardDescriptors(self.process.getBuiltinModule("node:fs"));
  },
  forbidLoaded: closeMadeProcess,
  cpuReader,
  heapBytes: () => memoryUsage().heapUsed,
  denialOf: () => undefined,
  printError,
  close: () => apply(close, self, []),
};

function isDoor(core: Partial<ContextDoor> | undefined): core is ContextDoor {
  return typeof core?.getAsyncContext === "function" && typeof core.setAsyncContext === "function";
}

/** A listener of the job's for such events that throws would end the thread. On Deno 2.6.10 nobody knows whose rejection it is. */
function catchUncaught(onUncaught: OnUncaught): void {
  attributeTimers(onUncaught);
  addEventListener("error", (event) => onUncaught(take(event, thrownOf), itemInScope()));
  addEventListener("unhandledrejection", (event) => onUncaught(take(event, reasonOfEvent), itemInScope()));
}

function take<E extends Event>(event: E, read: (event: E) => unknown): unknown {
  preventDefault(event);
  stopImmediatePropagation(event);
  try {
    return read(event);
  } catch {
    return new Error("an error event without an error"); // the job made it
  }
}

function thrownOf(event: ErrorEvent): unknown {
  const error: unknown = errorOfEvent(event);
  return error === null || error === undefined ? new Error(messageOfEvent(event)) : error;
}

/** Before 2.9 Deno cannot tell. A reading takes 12 us, the first one 10 ms, because Node's `process` is made then. */
function cpuReader(): () => number | undefined {
  const processOf = getOwnPropertyDescriptor(self, "process")?.get ?? (() => self.process);
  return () => {
    try {
      const usage = (apply(processOf, self, []) as typeof self.process).threadCpuUsage();
      const ms = (usage.user + usage.system) / 1000;
      return ms >= 0 ? ms : undefined;
    } catch {
      return undefined;
    }
  };
}
