// @ts-check
/**
 * A job as a filter, for GNU parallel: lines of JSON from stdin to stdout.
 *
 *     deno run filter.js JOB TASKS < LINES
 */
import process from "node:process";
import { atOnce } from "./at_once.js";
import { linesOf, write } from "./lines.js";

const [job, tasks] = process.argv.slice(2);
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(job);
const items = [];
for await (const lines of linesOf(process.stdin)) {
  for (const line of lines) items.push(JSON.parse(line));
}
const results = await atOnce(items, Number(tasks), run);
if (results.length > 0) await write(results.map((result) => `${JSON.stringify(result)}\n`).join(""));
process.exit(0);
