// @ts-check
import { workerData } from "node:worker_threads";
import { atOnce } from "./at_once.js";

const { job, tasks } = workerData;
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(job);

/** @param {unknown[]} items */
export default (items) => atOnce(items, tasks, run);
