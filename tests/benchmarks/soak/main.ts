/**
 * A soak: random faults for ten minutes, among items that are well, and what the program uses meanwhile: memory, threads,
 * open files and processes. It must not grow, each line must come to one end, and nothing may be left.
 *
 *     deno run --allow-all tests/benchmarks/soak/main.ts [--minutes 10] [--seed 1] [--isolate process|worker]
 *
 * All permissions: Deno reads /proc only with all of them. Linux only.
 */
import { parseArgs } from "@std/cli";
import { fileURLToPath } from "node:url";
import { TextLineStream } from "@std/streams";
import { median } from "../../../lib/stats/quantiles.ts";
import { seededRandom } from "../../../lib/stats/random.ts";

const given = parseArgs(Deno.args, { string: ["minutes", "seed", "isolate"] });
const minutes = Number(given.minutes ?? 10);
const isolate = given.isolate === "worker" ? "worker" : "process";
const random = seededRandom(Number(given.seed ?? 1));

/** How often of 10,000 items; the rest is `ok`. What only a process survives is left out under worker isolation. */
const faults: Record<string, number> = {
  ...{ compute: 2000, wait: 1500, throw: 200, exit: 50, late: 20, never: 20, big: 20 },
  ...isolate === "process" ? { loop: 5, block: 5, eat: 3, heap: 2, crash: 5 } : {},
};

function draw(): string {
  let place = random() * 10_000;
  for (const [act, share] of Object.entries(faults)) if ((place -= share) < 0) return act;
  return "ok";
}

/** What a process uses: bytes of memory, threads, open files. */
interface Use {
  readonly rss: number;
  readonly threads: number;
  readonly files: number;
  readonly children: number;
}

function use(pid: number): Use | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const number = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1]);
    return {
      rss: number("VmRSS") * 1024,
      threads: number("Threads"),
      files: [...Deno.readDirSync(`/proc/${pid}/fd`)].length,
      children: children(pid).length,
    };
  } catch {
    return undefined; // it has ended
  }
}

function children(pid: number): number[] {
  return [...Deno.readDirSync(`/proc/${pid}/task`)].flatMap(({ name }) =>
    Deno.readTextFileSync(`/proc/${pid}/task/${name}/children`).split(" ").filter(Boolean).map(Number)
  );
}

const root = new URL("../../../", import.meta.url);
const flags = ["--frozen", "--cached-only", "--no-prompt", "--v8-flags=--max-semi-space-size=8", "--allow-all"];
const limits = isolate === "process"
  ? ["--timeout", "200ms", "--memory", "300MiB", "--allow-run"]
  : ["--timeout", "200ms"];
const options = ["--threads", "2", "--tasks", "4", "--errors", "inline", "--tag", "--isolate", isolate, ...limits];
const job = fileURLToPath(new URL("job.js", import.meta.url));
const child = new Deno.Command(Deno.execPath(), {
  args: ["run", ...flags, "main.ts", "run", job, ...options],
  cwd: fileURLToPath(root),
  stdin: "piped",
  stdout: "piped",
  stderr: "piped",
}).spawn();

const until = performance.now() + minutes * 60_000;
let sent = 0;
async function feed(): Promise<void> {
  const writer = child.stdin.getWriter();
  const encoder = new TextEncoder();
  while (performance.now() < until) {
    const lines = Array.from({ length: 100 }, () => `${JSON.stringify({ act: draw(), i: ++sent })}\n`);
    await writer.write(encoder.encode(lines.join("")));
  }
  await writer.close();
}

let [received, failed, wrong] = [0, 0, 0];
async function check(): Promise<void> {
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  for await (const line of lines) {
    received++;
    const record = JSON.parse(line);
    if ("error" in record) failed++;
    if (record.line !== received) wrong++;
  }
}

const samples: Use[] = [];
const known = new Set<number>();
const timer = setInterval(() => {
  const now = use(child.pid);
  if (now === undefined) return;
  samples.push(now);
  for (const pid of children(child.pid)) known.add(pid);
  const { rss, threads, files } = now;
  console.log(
    `${((minutes * 60_000 + performance.now() - until) / 1000).toFixed(0)} s: ${received} records, ${failed} failed; ` +
      `${(rss / 2 ** 20).toFixed(0)} MiB, ${threads} threads, ${files} files, ${now.children} children`,
  );
}, 5_000);

const said = new Response(child.stderr).text();
await Promise.all([feed(), check()]);
clearInterval(timer);
const { code } = await child.status;
const third = Math.floor(samples.length / 3);
const growth = (of: (use: Use) => number) =>
  median(samples.slice(-third).map(of)) / median(samples.slice(third, 2 * third).map(of));
const grown = { rss: growth(({ rss }) => rss), threads: growth((u) => u.threads), files: growth((u) => u.files) };
const left = [...known].filter((pid) => use(pid) !== undefined);
console.log((await said).trimEnd().split("\n").slice(-3).join("\n"));
console.log(`exit ${code}; ${sent} lines, ${received} records, ${wrong} out of place; ${known.size} processes seen`);
console.log(`last third against the one before: ${JSON.stringify(grown)}; processes left: ${left.length}`);
const holds = sent === received && wrong === 0 && left.length === 0 &&
  Object.values(grown).every((ratio) => ratio < 1.15);
console.log(holds ? "holds" : "FAILS");
Deno.exit(holds ? 0 : 1);
