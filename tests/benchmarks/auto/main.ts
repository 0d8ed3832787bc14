/**
 * How close `run` comes to the best fixed width by itself. Each round runs a work with every width of the grid and with `auto`,
 * in shuffled order; a ratio is auto's time by that of the width that is best by its median, in the same round.
 *
 *     deno task bench:auto                      # all works, 5 rounds
 *     deno task bench:auto --rounds 3 "waits"   # works whose name has that
 */
import { parseArgs } from "node:util";
import { crowdedService } from "./crowded_service.ts";
import { type Work, worksWith } from "./works.ts";

const grid = ["1x1", "2x1", "1x8", "1x64", "1x512", "2x4", "2x32", "2x256"];
const root = new URL("../../../", import.meta.url).pathname;
const flags = ["--quiet", "--frozen", "--cached-only", "--no-prompt", "--unstable-lazy-dynamic-imports"];
const program = ["run", ...flags, "--v8-flags=--max-semi-space-size=8", "--allow-all", `${root}main.ts`];

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, widths: { type: "string", default: grid.join(",") } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
const widths = values.widths.split(",");

/** Widths that take longer than that are none of the best. */
const maxMs = 12_000;

/** A width that took so many times as long as the best in the first round is not run again: it is none of the best. */
const outrun = 1.5;

const columns = [26, 8, 10, 10, 16, 10];
const row = (cells: readonly string[]) => console.log(cells.map((cell, i) => cell.padEnd(columns[i])).join(""));
row(["work", "best", "its s", "auto s", "ratio (range)", "auto took"]);
const service = crowdedService();
for (const [name, work] of Object.entries(worksWith(service.url))) {
  if (positionals.length > 0 && !positionals.some((text) => name.includes(text))) continue;
  const input = await writeInput(work);
  try {
    await compare(name, work, input);
  } finally {
    await Deno.remove(input);
  }
}
await service.stop();

async function compare(name: string, work: Work, input: string): Promise<void> {
  const own = widths.filter((width) => leastMs(work, width) <= maxMs);
  const seconds = new Map<string, number[]>([...own, "auto"].map((width) => [width, []]));
  const of = (width: string) => seconds.get(width) ?? [];
  let took = "";
  for (let round = 0; round < rounds; round++) {
    for (const width of shuffled([...seconds.keys()])) {
      const { s, stderr } = await time(work, input, width);
      seconds.get(width)?.push(s);
      if (width === "auto") took = /(\d+×\d+) ·/.exec(stderr)?.[1] ?? "?";
    }
    if (round > 0) continue;
    const quickest = Math.min(...own.map((width) => of(width)[0]));
    for (const width of own) if (of(width)[0] > outrun * quickest) seconds.delete(width);
  }
  const best = own.filter((width) => seconds.has(width)).toSorted((a, b) => median(of(a)) - median(of(b)))[0];
  const ratios = of("auto").map((s, round) => s / of(best)[round]).sort((a, b) => a - b);
  const range = `${ratios[0].toFixed(2)}…${ratios[ratios.length - 1].toFixed(2)}`;
  const [bestS, autoS] = [median(of(best)), median(of("auto"))].map((s) => s.toFixed(2));
  row([name, best, bestS, autoS, `${median(ratios).toFixed(2)} (${range})`, took]);
}

/** What a work takes at least with a width, in milliseconds, if two threads compute at once. */
function leastMs({ count, waitMs, computeMs }: Work, width: string): number {
  const [threads, tasks] = width.split("x").map(Number);
  return count * Math.max((waitMs + computeMs) / (threads * tasks), computeMs / Math.min(2, threads));
}

/** Runs the whole command. */
async function time(work: Work, input: string, width: string): Promise<{ s: number; stderr: string }> {
  const [threads, tasks] = width.split("x");
  const wide = width === "auto" ? [] : [`--threads=${threads}`, `--tasks=${tasks}`];
  const path = new URL(`jobs/${work.job}.js`, import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: [...program, "run", path, "--allow-net=127.0.0.1", ...wide, ...(work.input === undefined ? [input] : [])],
    stdin: work.input === undefined ? "null" : "piped",
    stdout: work.reader === undefined ? "null" : "piped",
    stderr: "piped",
  });
  const start = performance.now();
  const child = command.spawn();
  const [stderr] = await Promise.all([
    new Response(child.stderr).text(),
    work.input === undefined ? undefined : trickle(work, work.input, child.stdin),
    work.reader === undefined ? undefined : readSlowly(work.reader, child.stdout),
  ]);
  const { success } = await child.status;
  const s = (performance.now() - start) / 1000;
  if (!success) throw new Error(`${work.job} ${width}: ${stderr}`);
  return { s, stderr };
}

/** Writes `perMs` lines in each millisecond. */
async function trickle({ count, line }: Work, perMs: number, to: WritableStream<Uint8Array>): Promise<void> {
  const writer = to.getWriter();
  const encoder = new TextEncoder();
  const start = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor((performance.now() - start) * perMs));
    const lines = Array.from({ length: due - sent }, (_, i) => `${line(sent + i)}\n`);
    if (lines.length > 0) await writer.write(encoder.encode(lines.join("")));
    sent = due;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await writer.close();
}

/** Reads `perMs` bytes in each millisecond. */
async function readSlowly(perMs: number, from: ReadableStream<Uint8Array>): Promise<void> {
  const start = performance.now();
  let read = 0;
  for await (const bytes of from) {
    read += bytes.length;
    const early = read / perMs - (performance.now() - start);
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  }
}

async function writeInput({ count, line }: Work): Promise<string> {
  const path = await Deno.makeTempFile();
  const file = await Deno.open(path, { write: true });
  const encoder = new TextEncoder();
  let text = "";
  for (let i = 0; i < count; i++) {
    text += `${line(i)}\n`;
    if (text.length < 2 ** 20 && i < count - 1) continue;
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    text = "";
  }
  file.close();
  return path;
}

function shuffled<T>(list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
