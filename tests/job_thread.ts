import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Permissions } from "../lib/exec/host/worker_host.ts";

/**
 * Loads a job in a thread with these permissions, and runs one item in it. "ok", or the message of the item's error, or
 * why there is no job.
 */
export async function runInThread(path: string, item: unknown, permissions: Permissions): Promise<string> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<string>();
  const worker = new Worker(new URL("./fixtures/job_thread.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  worker.onmessage = ({ data }: MessageEvent<string>) => settle(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  worker.postMessage({ url: pathToFileURL(resolve(path)).href, item });
  try {
    return await promise;
  } finally {
    worker.terminate();
  }
}
