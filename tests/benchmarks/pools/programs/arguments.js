// @ts-check
/**
 * A job over items that are arguments, for xargs. Several of these share a pipe, so they write whole lines of at most
 * 4,096 bytes at once: that much a pipe takes in one piece (PIPE_BUF of Linux), and no line is torn.
 *
 *     deno run arguments.js JOB TASKS ITEM...
 */
import process from "node:process";
import { atOnce } from "./at_once.js";
import { write } from "./lines.js";

const [job, tasks, ...items] = process.argv.slice(2);
/** @type {{ default: (item: unknown) => unknown }} */
const { default: run } = await import(job);
const results = await atOnce(items.map((item) => JSON.parse(item)), Number(tasks), run);
let text = "";
for (const result of results) {
  const line = `${JSON.stringify(result)}\n`;
  if (text.length + line.length > 4096) {
    await write(text);
    text = "";
  }
  text += line;
}
if (text !== "") await write(text);
process.exit(0);
