/**
 * How runs treat a service with a rate limit: a token bucket of 100 requests a second and 20 at once, which answers 429 with
 * Retry-After beyond that. Each contender asks for 2,000 items, in shuffled order of rounds; medians.
 *
 *     deno task bench:manners [ROUNDS]
 */
import { fileURLToPath } from "node:url";
import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../../lib/stats/random.ts";
import { limitedService } from "./limited_service.ts";

const [items, limit] = [2_000, { perSecond: 100, burst: 20, answerMs: 20 }];
const rounds = Number(Deno.args[0] ?? 3);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const programs = fileURLToPath(new URL("programs/", import.meta.url));
const job = fileURLToPath(new URL("jobs/fetch.js", import.meta.url));
const quiet = ["--quiet", "--frozen", "--cached-only", "--no-prompt"];

/** What runs in a folder, before the file of its items. */
interface Contender {
  readonly name: string;
  readonly folder: string;
  readonly args: readonly string[];
}

function tandem(name: string, ...flags: readonly string[]): Contender {
  const start = [...quiet, "--unstable-lazy-dynamic-imports", "--allow-all", "main.ts"];
  return { name, folder: root, args: [...start, "run", job, "--quiet", "--allow-net=127.0.0.1", ...flags] };
}

function program(name: string, file: string): Contender {
  return { name, folder: programs, args: [...quiet, "--allow-net", "--allow-read", file] };
}

const contenders: readonly Contender[] = [
  tandem("tandem --rate 100/s --retries 5", "--rate=100/s", "--retries=5"),
  tandem("tandem --retries 5 (auto)", "--retries=5"),
  tandem("tandem --tasks 20 --retries 5", "--threads=1", "--tasks=20", "--retries=5"),
  program("p-queue 100/s, p-retry", "p_queue_rate.js"),
  program("p-queue, p-retry", "p_queue_wide.js"),
  program("bottleneck 10 ms, its retries", "bottleneck_rate.js"),
];

interface Found {
  readonly seconds: number;
  readonly rejected: number;
  readonly lost: number;
}

await new Deno.Command(Deno.execPath(), { args: ["install", "--frozen", "--quiet"], cwd: programs }).output();
const found = new Map<Contender, Found[]>(contenders.map((one) => [one, []]));
const random = seededRandom(1);
for (let round = 0; round < rounds; round++) {
  for (const one of shuffled(contenders, random)) found.get(one)?.push(await measure(one));
}
row("", "SECONDS", "REJECTED", "LOST");
for (const [{ name }, all] of found) {
  const of = (read: (one: Found) => number) => median(all.map(read));
  row(
    name,
    of(({ seconds }) => seconds).toFixed(1),
    ...[of(({ rejected }) => rejected), of(({ lost }) => lost)].map(String),
  );
}

/** The time of the whole command. An item is lost if it has no result. */
async function measure({ folder, args }: Contender): Promise<Found> {
  const service = limitedService(limit);
  const input = await Deno.makeTempFile();
  try {
    const urls = Array.from({ length: items }, (_, i) => `${service.url}${i}`);
    await Deno.writeTextFile(input, urls.map((url) => `${JSON.stringify(url)}\n`).join(""));
    const start = performance.now();
    const options: Deno.CommandOptions = { args: ["run", ...args, input], cwd: folder, stdin: "null" };
    const { stdout } = await new Deno.Command(Deno.execPath(), options).output();
    const seconds = (performance.now() - start) / 1000;
    const results = new Set(new TextDecoder().decode(stdout).split("\n").filter((line) => line !== ""));
    return { seconds, rejected: service.rejected(), lost: items - results.size };
  } finally {
    await Deno.remove(input);
    await service.stop();
  }
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(34) + cells.map((cell) => cell.padStart(10)).join(""));
}
