import net from "node:net";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { startTime } from "../../../../clock.ts";
import type { FromSlot } from "../../../wire/protocol.ts";
import type { PermissionKind } from "../../../wire/permissions.ts";
import { type SlotThread, threadHost } from "../../worker_host.ts";
import type { Readable, Writable } from "../frames.ts";
import { watchMemory } from "../memory_watch.ts";
import { relayUntilClosed } from "../relay.ts";

const { bun } = process.versions as { readonly bun?: string };

/** What a process denies that was started with Node's `--permission`: it has no remote imports in any case. */
const denied: readonly PermissionKind[] = ["read", "write", "run", "ffi", "import"];

/**
 * The main thread of a slot's process in Node or Bun: the same as the one in Deno. `entry` is the module that becomes the
 * slot in a thread.
 */
export async function runNodeProcess(address: string, entry: URL): Promise<void> {
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => {});
  try {
    await relayUntilClosed({
      connection: await connect(address),
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

/** All threads of Node have the process's clock; those of Bun have their own, which begins in between. */
function startThread(entry: URL, onMessage: (message: FromSlot) => void): SlotThread {
  const worker = new Worker(entry, { argv: [] });
  worker.on("message", onMessage);
  worker.on("error", (error) => onMessage({ kind: "fatal", message: `${error}` }));
  worker.on("messageerror", () => onMessage({ kind: "fatal", message: "a message could not be read" }));
  return {
    started: { from: performance.timeOrigin, to: startTime() },
    post: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
  };
}

/** Connects to the address of a listener, see slot_connection.ts. */
async function connect(address: string): Promise<Readable & Writable> {
  const [kind, place] = address.split(/:(.*)/s);
  const [port, token] = place.split(":");
  const socket = kind === "unix" ? net.connect(place) : net.connect(Number(port), "127.0.0.1");
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("error", () => {}); // "close" follows
  if (kind !== "unix") socket.write(Uint8Array.from(token.match(/../g) ?? [], (hex) => parseInt(hex, 16)));
  return connectionOf(socket);
}

function connectionOf(socket: net.Socket): Readable & Writable {
  let rest: Uint8Array = new Uint8Array();
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  return {
    async read(into) {
      while (rest.length === 0) {
        const { done, value } = await chunks.next();
        if (done) return null;
        rest = value;
      }
      const taken = rest.subarray(0, into.length);
      into.set(taken);
      rest = rest.subarray(taken.length);
      return taken.length;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => error ? reject(error) : resolve(bytes.length));
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
