// @ts-check
/** deno run poolifier.js PACKAGE JOB FILE THREADS UNDER_WAY IN_FLIGHT */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { drive } from "./drive.js";

const [library, job, file, threads, underWay, inFlight] = process.argv.slice(2);
/** @typedef {{ execute(task: unknown): Promise<unknown> }} Pool */
/** @type {{ FixedThreadPool: new (threads: number, worker: string, options: object) => Pool }} */
const { FixedThreadPool } = await import(library);
const pool = new FixedThreadPool(Number(threads), fileURLToPath(import.meta.resolve("./poolifier_worker.js")), {
  enableEvents: false,
  enableTasksQueue: true,
  tasksQueueOptions: { concurrency: Number(underWay), size: Number(inFlight) },
  workerOptions: { workerData: { library, job } },
});
await drive(file, { inFlight: Number(inFlight) }, (item) => pool.execute(item));
