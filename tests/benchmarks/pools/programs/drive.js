// @ts-check
import process from "node:process";
import { linesOfFile, OrderedWriter } from "./lines.js";

/**
 * What a user writes around a pool: lines of JSON in, at most `inFlight` tasks given to the pool, results out in the
 * lines' order. A task is an item, or an array of up to `batch` items whose result is the array of their results.
 * Ends the process: to stop the pool in good order is no part of the work.
 * @param {string} file
 * @param {{ inFlight: number, batch?: number }} limits
 * @param {(task: unknown) => PromiseLike<unknown>} run
 * @returns {Promise<never>}
 */
export async function drive(file, { inFlight, batch = 1 }, run) {
  const writer = new OrderedWriter();
  let started = 0;
  let ended = 0;
  let wake = () => {};

  /** @param {number} limit */
  async function below(limit) {
    while (started - ended >= limit) {
      await new Promise((resolve) => wake = () => resolve(undefined));
      await writer.flush();
    }
  }

  for await (const lines of linesOfFile(file)) {
    for (let at = 0; at < lines.length; at += batch) {
      if (started - ended >= inFlight) await below(inFlight);
      const index = started++;
      const task = batch === 1 ? JSON.parse(lines[at]) : lines.slice(at, at + batch).map((line) => JSON.parse(line));
      run(task).then((result) => {
        const text = batch === 1 ? JSON.stringify(result) : encodeAll(/** @type {unknown[]} */ (result));
        writer.put(index, text);
        ended++;
        wake();
      }, fail);
    }
  }
  await below(1);
  await writer.flush(1);
  process.exit(0);
}

/** @param {readonly unknown[]} results */
function encodeAll(results) {
  return results.map((result) => JSON.stringify(result)).join("\n");
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
