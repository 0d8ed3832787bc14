/**
 * What a program of this benchmark does, so that each contender has a process of its own: it measures one of its readers and
 * prints numbers as JSON.
 *
 *     deno run PROGRAM.ts READER rates BACKLOG SOURCES RUNS   values a second, in millions, of each run
 *     deno run --v8-flags=--expose-gc PROGRAM.ts READER heap COUNT MARK...
 *                                     bytes of heap in use when so many of COUNT values from 8 ready sources were read
 *     deno run --v8-flags=--expose-gc PROGRAM.ts READER backlog COUNT MARK...
 *                                     the same while the backlog of one channel is read
 */
import { eight, queued, ready } from "./sources.ts";

/** Reads all sources to their ends and calls `seen` after each value. */
export type Reader = (sources: readonly AsyncIterable<number>[], seen: () => void) => Promise<void>;

/** At least so many values in a run: small backlogs are read many times. */
const valuesOfRun = 100_000;

export async function program(readers: Readonly<Record<string, Reader>>): Promise<void> {
  const [name, what, ...numbers] = Deno.args;
  const [count, ...rest] = numbers.map(Number);
  const read = readers[name];
  if (what === "rates") {
    const [sources, runs] = rest;
    console.log(JSON.stringify(await rates(read, { count, sources, runs })));
  } else {
    const sources = what === "heap" ? eight(ready, count) : [queued(count)];
    console.log(JSON.stringify(await heap(read, sources, rest)));
  }
}

async function rates(
  read: Reader,
  { count, sources, runs }: { readonly count: number; readonly sources: number; readonly runs: number },
): Promise<number[]> {
  const found: number[] = [];
  for (let run = 0; run < runs; run++) {
    const passes = Array.from(
      { length: Math.ceil(valuesOfRun / count) },
      () => sources === 1 ? [queued(count)] : eight(queued, count),
    );
    let seen = 0;
    const start = performance.now();
    for (const pass of passes) await read(pass, () => seen++);
    const ms = performance.now() - start;
    if (seen !== count * passes.length) throw new Error(`${seen} values of ${count * passes.length}`);
    found.push(seen / ms / 1000);
  }
  return found;
}

async function heap(read: Reader, sources: readonly AsyncIterable<number>[], marks: readonly number[]) {
  const found = marks.includes(0) ? [heapInUse()] : [];
  let seen = 0;
  await read(sources, () => {
    if (marks.includes(++seen)) found.push(heapInUse());
  });
  if (found.length !== marks.length) throw new Error(`only ${seen} values were read`);
  return found;
}

function heapInUse(): number {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (!gc) throw new Error("needs --v8-flags=--expose-gc");
  gc();
  return Deno.memoryUsage().heapUsed;
}
