/**
 * How many values a second pass through a channel with a backlog, and through a merge of channels that are always ready;
 * medians of some runs.
 *
 *     deno task bench:streams
 */
import { MuxAsyncIterator } from "@std/async";
import { channel } from "../../../lib/streams/channel.ts";
import { merge } from "../../../lib/streams/merge.ts";
import { median } from "../../../lib/stats/quantiles.ts";

const runs = 7;

/** Reads all values; how many a second, in millions. */
async function millionsPerSecond(count: number, source: AsyncIterable<number>): Promise<number> {
  const start = performance.now();
  let read = 0;
  for await (const _ of source) read++;
  if (read !== count) throw new Error(`${read} values of ${count}`);
  return count / (performance.now() - start) / 1000;
}

/** A closed channel with so many values queued. */
function queued(count: number): AsyncIterable<number> {
  const { sender, receiver } = channel<number>();
  for (let value = 0; value < count; value++) sender.send(value);
  sender.close();
  return receiver;
}

function eight(count: number): AsyncIterable<number>[] {
  return Array.from({ length: 8 }, () => queued(count / 8));
}

function mux(sources: readonly AsyncIterable<number>[]): AsyncIterable<number> {
  const all = new MuxAsyncIterator<number>();
  for (const source of sources) all.add(source);
  return all;
}

const million = 1_000_000;
const cases: readonly (readonly [name: string, run: () => Promise<number>])[] = [
  ["channel, 1,000 queued", () => millionsPerSecond(1_000, queued(1_000))],
  ["channel, 100 k queued", () => millionsPerSecond(0.1 * million, queued(0.1 * million))],
  ["channel, 1.6 M queued", () => millionsPerSecond(1.6 * million, queued(1.6 * million))],
  ["merge of 8 channels, 0.8 M", () => millionsPerSecond(0.8 * million, merge(...eight(0.8 * million)))],
  ["MuxAsyncIterator alone, 0.8 M", () => millionsPerSecond(0.8 * million, mux(eight(0.8 * million)))],
];

for (const [name, run] of cases) {
  const rates: number[] = [];
  for (let i = 0; i <= runs; i++) rates.push(await run());
  console.log(`${name.padEnd(32)} ${median(rates.slice(1)).toFixed(2)} M/s`); // the first one compiles
}
