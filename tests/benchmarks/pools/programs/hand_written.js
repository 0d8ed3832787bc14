// @ts-check
/**
 * The pool that one writes by hand: Web Workers, a message an item, at most WINDOW of them under way in each worker.
 *
 *     deno run hand_written.js JOB FILE THREADS WINDOW
 */
import process from "node:process";
import { linesOfFile, OrderedWriter } from "./lines.js";

const [job, file, threads, window] = process.argv.slice(2);
const writer = new OrderedWriter();
const workers = Array.from({ length: Number(threads) }, () => startWorker());
let started = 0;
let ended = 0;
let wake = () => {};

function startWorker() {
  const worker = new Worker(import.meta.resolve("./hand_written_worker.js"), { type: "module" });
  const slot = { worker, underWay: 0 };
  worker.postMessage(job);
  worker.onmessage = ({ data: [index, result] }) => {
    slot.underWay--;
    ended++;
    writer.put(index, JSON.stringify(result));
    wake();
  };
  return slot;
}

/** @param {number} limit */
async function below(limit) {
  while (started - ended >= limit) {
    await new Promise((resolve) => wake = () => resolve(undefined));
    await writer.flush();
  }
}

const room = workers.length * Number(window);
for await (const lines of linesOfFile(file)) {
  for (const line of lines) {
    if (started - ended >= room) await below(room);
    const slot = workers.reduce((least, one) => one.underWay < least.underWay ? one : least);
    slot.underWay++;
    slot.worker.postMessage([started++, JSON.parse(line)]);
  }
}
await below(1);
await writer.flush(1);
process.exit(0);
