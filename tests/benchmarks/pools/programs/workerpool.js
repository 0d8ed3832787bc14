// @ts-check
/**
 * Its workers take one task at a time, so UNDER_WAY is of no use to it.
 *
 *     deno run workerpool.js PACKAGE JOB FILE THREADS UNDER_WAY IN_FLIGHT
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { drive } from "./drive.js";

const [library, job, file, threads, , inFlight] = process.argv.slice(2);
/** @typedef {{ exec(method: string, parameters: unknown[]): PromiseLike<unknown> }} Pool */
/** @type {{ default: { pool(worker: string, options: object): Pool } }} */
const { default: workerpool } = await import(library);
const pool = workerpool.pool(fileURLToPath(import.meta.resolve("./workerpool_worker.js")), {
  minWorkers: Number(threads),
  maxWorkers: Number(threads),
  workerType: "thread",
  workerThreadOpts: { workerData: { library, job } },
});
await drive(file, { inFlight: Number(inFlight) }, (item) => pool.exec("run", [item]));
