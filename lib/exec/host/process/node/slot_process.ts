import fs from "node:fs";
import net from "node:net";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { startTime } from "../../../../clock.ts";
import type { FromSlot } from "../../../wire/protocol.ts";
import type { PermissionKind } from "../../../wire/permissions.ts";
import { pipeDescriptors } from "../../../wire/pipe_descriptors.ts";
import { type SlotThread, threadHost } from "../../worker_host.ts";
import { chunkReader, type Readable, type Writable } from "../frames.ts";
import { watchMemory } from "../memory_watch.ts";
import { relayUntilClosed } from "../relay.ts";

const { bun } = process.versions as { readonly bun?: string };

/** What a process denies that was started with Node's `--permission`: it has no remote imports in any case. */
const denied: readonly PermissionKind[] = ["read", "write", "run", "ffi", "import"];

/**
 * The main thread of a slot's process in Node or Bun: the same as the one in Deno. `entry` is the module that becomes the
 * slot in a thread; without an `address`, its parent is reached by pipes.
 */
export async function runNodeProcess(address: string | undefined, entry: URL): Promise<void> {
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => {});
  try {
    await relayUntilClosed({
      connection: address === undefined ? openPipes() : await connect(address),
      hostWith: () => threadHost((onMessage) => startThread(entry, onMessage)),
      watchMemory: (limit, passed) => watchMemory(() => process.memoryUsage.rss(), limit, passed),
      end,
    }, {
      runtime: bun === undefined ? { name: "node", version: process.versions.node } : { name: "bun", version: bun },
      denies: (process as { permission?: unknown }).permission === undefined ? ["import"] : denied,
    });
  } catch {
    // the parent is gone
  }
  end();
}

/** In Bun, `new Worker` returns before the thread and its clock begin (1.4.5): so long, in milliseconds, may that take. */
const beginMs = bun === undefined ? 0 : 1_000;

/** All threads of Node have the process's clock; those of Bun have their own, which begins in between. */
function startThread(entry: URL, onMessage: (message: FromSlot) => void): SlotThread {
  const worker = new Worker(entry, { argv: [] });
  worker.on("message", onMessage);
  worker.on("error", (error) => onMessage({ kind: "fatal", message: `${error}` }));
  worker.on("messageerror", () => onMessage({ kind: "fatal", message: "a message could not be read" }));
  return {
    started: { from: performance.timeOrigin, to: startTime() + beginMs },
    post: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
  };
}

/** Connects to the address of a listener on a port, see slot_connection.ts: Windows has no shell that passes pipes. */
async function connect(address: string): Promise<Readable & Writable> {
  const [, port, token] = address.split(":");
  const socket = net.connect(Number(port), "127.0.0.1");
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("error", () => {}); // "close" follows
  socket.write(Uint8Array.from(token.match(/../g) ?? [], (hex) => parseInt(hex, 16)));
  return connectionOf(socket);
}

function connectionOf(input: net.Socket, output = input): Readable & Writable {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  return {
    read: chunkReader(() => chunks.next()),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        output.write(bytes, (error) => error ? reject(error) : resolve(bytes.length));
      }),
  };
}

/** The pipes that our parent has given us, see slot_pipes.ts. */
function openPipes(): Readable & Writable {
  const { fromParent, toParent } = pipeDescriptors;
  if (bun !== undefined) return openFiles(fromParent, toParent);
  const input = new net.Socket({ fd: fromParent, readable: true, writable: false });
  const output = new net.Socket({ fd: toParent, readable: false, writable: true });
  for (const pipe of [input, output]) pipe.on("error", () => {}); // reading ends, and writing rejects
  return connectionOf(input, output);
}

/** In Bun, which makes no sockets of descriptors (1.4.5). In Node, a pending read would take one of its four threads. */
function openFiles(input: number, output: number): Readable & Writable {
  return {
    read: (into) =>
      new Promise((resolve, reject) => {
        fs.read(input, into, 0, into.length, null, (error, length) => error ? reject(error) : resolve(length || null));
      }),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        fs.write(output, bytes, 0, bytes.length, null, (error, length) => error ? reject(error) : resolve(length));
      }),
  };
}

/** Ends this process at once, even if the job's thread is busy, with the programs that the job has started. */
function end(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    // where there are no groups
  }
  process.kill(process.pid, "SIGKILL");
}
