/**
 * How many values a second pass through a channel with a backlog and through merges, ours and those of others, and how
 * much memory they keep. Each measurement has a process of its own; medians of rounds in shuffled order.
 *
 *     deno task bench:streams
 */
import { fileURLToPath } from "node:url";
import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";

const rounds = 5;
const programs = new URL("programs/", import.meta.url);
const ours = fileURLToPath(new URL("ours.ts", import.meta.url));
const others = fileURLToPath(new URL("others.js", programs));

interface Case {
  readonly name: string;
  readonly program: string;
  readonly reader: string;
  readonly count: number;
  readonly sources: number;
  /** Runs in one process, of which the last one counts: the others compile. Default: 4. */
  readonly runs?: number;
}

const channel = { program: ours, reader: "channel", sources: 1 };
const sink = { program: others, reader: "ix-sink", sources: 1 };
const merged = { count: 800_000, sources: 8 };
const cases: readonly Case[] = [
  { name: "channel, 1,000 queued", ...channel, count: 1_000 },
  { name: "channel, 100 k queued", ...channel, count: 100_000 },
  { name: "channel, 1.6 M queued", ...channel, count: 1_600_000 },
  { name: "ix AsyncSink, 1,000 queued", ...sink, count: 1_000 },
  { name: "ix AsyncSink, 100 k queued", ...sink, count: 100_000, runs: 1 }, // seconds for each run
  { name: "merge of 8 channels", program: ours, reader: "merge", ...merged },
  { name: "MuxAsyncIterator of 8", program: ours, reader: "mux", ...merged },
  { name: "ix merge of 8", program: others, reader: "ix-merge", ...merged },
  { name: "rxjs merge of 8, read", program: others, reader: "rxjs-pull", ...merged },
  { name: "rxjs merge of 8, pushed", program: others, reader: "rxjs-push", ...merged },
];

await install();
const rates = new Map<Case, number[]>(cases.map((one) => [one, []]));
const random = seededRandom(1);
for (let round = 0; round < rounds; round++) {
  for (const one of shuffled(cases, random)) {
    const found = await numbers(one, "rates", [one.count, one.sources, one.runs ?? 4]);
    rates.get(one)?.push(found[found.length - 1]);
  }
}
row("", "MEDIAN", "FROM", "TO");
for (const [{ name }, found] of rates) {
  row(name, ...[median(found), Math.min(...found), Math.max(...found)].map((rate) => `${rate.toFixed(3)} M/s`));
}

const endless = [1, 5, 20].map((millions) => millions * 1_000_000);
console.log("\nHeap in use while 8 sources that are always ready are merged");
row("values read", ...endless.map((count) => `${count / 1_000_000} M`));
for (const { name, program, reader, sources } of cases) {
  if (sources === 1) continue;
  const marks = reader === "mux" ? endless.slice(0, 2) : endless; // it keeps what it has yielded
  row(name, ...(await numbers({ program, reader }, "heap", [24_000_000, ...marks])).map(mebibytes));
}

const backlog = 1_600_000;
const parts = [0, 0.25, 0.5, 0.75, 1].map((share) => share * backlog);
console.log(`\nHeap in use while a channel's backlog of ${backlog / 1_000_000} M values is read`);
row("values read", ...parts.map((count) => `${count / 1_000_000} M`));
row("channel", ...(await numbers(channel, "backlog", [backlog, ...parts])).map(mebibytes));

async function numbers(
  { program, reader }: Pick<Case, "program" | "reader">,
  what: string,
  values: readonly number[],
): Promise<number[]> {
  const flags = ["run", "--v8-flags=--expose-gc", "--frozen", "--cached-only", "--no-check", "--no-prompt"];
  return JSON.parse(await deno([...flags, program, reader, what, ...values.map(String)]));
}

/** The packages of the others are not among the project's: with them, everybody would download 37 MB in place of 9 MB. */
async function install(): Promise<void> {
  await deno(["install", "--frozen", "--quiet"]);
}

async function deno(args: string[]): Promise<string> {
  const options: Deno.CommandOptions = { args, cwd: programs, env: { NO_COLOR: "1" }, stdin: "null" };
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  if (!success) throw new Error(`deno ${args.join(" ")} failed: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout);
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log([name.padEnd(28), ...cells.map((cell) => cell.padStart(11))].join("").trimEnd());
}
