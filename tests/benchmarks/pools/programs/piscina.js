// @ts-check
/**
 * piscina as its documentation has it: the job is the file that its workers load, and an item is a task.
 *
 *     deno run piscina.js PACKAGE JOB FILE THREADS UNDER_WAY IN_FLIGHT
 *
 * PACKAGE is where the library is: a name of the import map under Deno, a URL under Node. These programs import it by a
 * computed name: the packages are in the lock file of this folder, and the project's knows nothing of them.
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { drive } from "./drive.js";

const [library, job, file, threads, underWay, inFlight] = process.argv.slice(2);
/** @typedef {{ run(task: unknown): Promise<unknown> }} Pool */
/** @type {{ Piscina: new (options: object) => Pool, FixedQueue: new () => object }} */
const { Piscina, FixedQueue } = await import(library);
const pool = new Piscina({
  filename: fileURLToPath(job),
  minThreads: Number(threads),
  maxThreads: Number(threads),
  concurrentTasksPerWorker: Number(underWay),
  taskQueue: new FixedQueue(), // faster than the default, says its README
  recordTiming: false,
});
await drive(file, { inFlight: Number(inFlight) }, (item) => pool.run(item));
