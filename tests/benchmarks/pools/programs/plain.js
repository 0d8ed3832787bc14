// @ts-check
/**
 * The job in one plain process, without any pool: its stdout is what everyone else's has to be. Its last line on stderr
 * is the ideal makespan in milliseconds: the measured costs of the items, the longest first, each given to whichever of
 * SLOTS is free first (Graham's LPT), at no cost of reading, sending and writing.
 *
 *     deno run plain.js JOB FILE TASKS SLOTS
 */
import process from "node:process";
import { atOnce } from "./at_once.js";
import { linesOfFile, write } from "./lines.js";

const [job, file, tasks, slots] = process.argv.slice(2);
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(job);
/** @type {number[]} */
const costs = [];
for await (const lines of linesOfFile(file)) {
  const results = await atOnce(lines.map((line) => JSON.parse(line)), Number(tasks), timed);
  await write(results.map((result) => `${JSON.stringify(result)}\n`).join(""));
}
console.error(makespan(costs, Number(slots)));
process.exit(0);

/** @param {unknown} item */
function timed(item) {
  const start = performance.now();
  const result = run(item);
  const end = () => costs.push(performance.now() - start);
  if (result instanceof Promise) return result.finally(end);
  end();
  return result;
}

/**
 * @param {readonly number[]} times
 * @param {number} slots
 */
function makespan(times, slots) {
  const ends = new Array(slots).fill(0);
  for (const time of times.toSorted((a, b) => b - a)) {
    let first = 0;
    for (let slot = 1; slot < slots; slot++) if (ends[slot] < ends[first]) first = slot;
    ends[first] += time;
  }
  return Math.max(...ends);
}
