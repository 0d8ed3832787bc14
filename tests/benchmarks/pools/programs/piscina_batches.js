// @ts-check
/**
 * piscina with items gathered into batches by hand, as its users do when items are cheap.
 *
 *     deno run piscina_batches.js PACKAGE JOB FILE THREADS TASKS IN_FLIGHT BATCH
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { drive } from "./drive.js";

const [library, job, file, threads, tasks, inFlight, batch] = process.argv.slice(2);
/** @typedef {{ run(task: unknown): Promise<unknown> }} Pool */
/** @type {{ Piscina: new (options: object) => Pool, FixedQueue: new () => object }} */
const { Piscina, FixedQueue } = await import(library);
const pool = new Piscina({
  filename: fileURLToPath(import.meta.resolve("./piscina_batches_worker.js")),
  minThreads: Number(threads),
  maxThreads: Number(threads),
  taskQueue: new FixedQueue(),
  recordTiming: false,
  workerData: { job, tasks: Number(tasks) },
});
await drive(file, { inFlight: Number(inFlight), batch: Number(batch) }, (items) => pool.run(items));
