// @ts-check
import { workerData } from "node:worker_threads";

/** @type {{ default: { worker(methods: Record<string, (item: unknown) => unknown>): void } }} */
const { default: workerpool } = await import(workerData.library);
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(workerData.job);

workerpool.worker({ run });
