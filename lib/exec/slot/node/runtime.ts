import { AsyncLocalStorage } from "node:async_hooks";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { getHeapStatistics } from "node:v8";
import { bind, isError } from "../../../natives.ts";
import { pipeDescriptors } from "../../wire/pipe_descriptors.ts";
import { guardDescriptors } from "../descriptors.ts";
import { type ContextDoor, itemInScope } from "../item_scope.ts";
import { attributeTimers } from "../job_timers.ts";
import type { Denial, SlotRuntime } from "../runtime.ts";
import { forbidHarm, forbidStdin } from "./forbidden.ts";
import { printToStderr, writeError } from "./job_console.ts";
import { threadPort } from "./thread_port.ts";

/** Deno's names of Node's permissions (`error.permission`). */
const permissionNames: Readonly<Record<string, string>> = {
  FileSystemRead: "read",
  FileSystemWrite: "write",
  ChildProcess: "run",
  Net: "net",
  Addon: "ffi",
};

/** What Node calls back without the async context of what called it, where that throws. */
const forgetful = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"];

/** Descriptors by which the process reaches its parent: on Windows it has none. */
const pipes: readonly number[] = process.platform === "win32" ? [] : Object.values(pipeDescriptors);

/** The doors of this thread, captured before the job. */
function threadDoors() {
  const storage = new AsyncLocalStorage<ReturnType<ContextDoor["getAsyncContext"]>>();
  const cpuUsage = process.threadCpuUsage ?? process.cpuUsage; // Node 20: of the process, whose other threads wait
  return {
    port: threadPort(),
    getStore: bind(storage.getStore, storage),
    enterWith: bind(storage.enterWith, storage) as ContextDoor["setAsyncContext"],
    cpuUsage: bind(cpuUsage, process),
    exit: bind(process.exit, process) as (code: number) => void,
  };
}

/** A thread of node:worker_threads. Its first call takes the thread's port away: no other code has it then. */
export function nodeRuntime(): SlotRuntime {
  const { port, getStore, enterWith, cpuUsage, exit } = threadDoors();
  return {
    context: { getAsyncContext: getStore, setAsyncContext: enterWith },
    forbidHarm() {
      port.hide();
      forbidHarm();
      printToStderr();
      guardDescriptors(fs, pipes);
      syncBuiltinESMExports();
      forbidStdin();
    },
    listen: port.listen,
    post: port.post,
    catchUncaught(onUncaught) {
      attributeTimers(onUncaught, forgetful);
      process.setUncaughtExceptionCaptureCallback((error) => onUncaught(error, itemInScope()));
      process.on("unhandledRejection", (reason) => onUncaught(reason, itemInScope()));
    },
    async guardDescriptors() {}, // that is done: node:fs is here anyway
    forbidLoaded() {},
    cpuReader: () => () => {
      const { user, system } = cpuUsage();
      return (user + system) / 1000;
    },
    heapBytes: () => getHeapStatistics().used_heap_size,
    denialOf,
    printError: (about, text) => writeError(`${about} ${text}\n`),
    close: () => exit(0),
  };
}

function denialOf(thrown: unknown): Denial | undefined {
  if (!isError(thrown)) return undefined;
  const { code, permission, resource } = thrown as { code?: unknown; permission?: string; resource?: string };
  if (code !== "ERR_ACCESS_DENIED" || permission === undefined) return undefined;
  const kind = permissionNames[permission] ?? permission;
  return { kind, name: kind === "run" || resource === "" ? undefined : resource }; // Node runs all programs or none
}
