// @ts-check
import { workerData } from "node:worker_threads";

/** @type {{ ThreadWorker: new (task: (item: unknown) => unknown) => object }} */
const { ThreadWorker } = await import(workerData.library);
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(workerData.job);

export default new ThreadWorker(run); // it waits for results only of what is declared async
