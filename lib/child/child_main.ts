import { TextLineStream } from "@std/streams";
import type { ChildMessage, ChildTask } from "./wire.ts";

/** A measurement that a child runs: it takes its input and reports as often as it likes. */
export type ChildMeasurement = (input: unknown, report: (report: unknown) => Promise<void>) => Promise<void>;

/** The measurements that a child can run, by name. Each is loaded when it runs, so that no other takes memory. */
export type ChildMeasurements = Readonly<Record<string, () => Promise<ChildMeasurement>>>;

/**
 * The main thread of a measuring child: runs the measurement that stdin names, and waits for the parent to kill it. Signals
 * from the terminal are ignored, because the parent handles them. The child ends when its parent does; if the measurement
 * holds the main thread, as soon as it lets go.
 */
export async function runChildMain(measurements: ChildMeasurements): Promise<void> {
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) {
    if (Deno.build.os !== "windows" || signal === "SIGINT") Deno.addSignalListener(signal, () => {});
  }
  volunteerForKills();
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader();
  const { value } = await lines.read();
  if (value === undefined) return end();
  lines.read().then(end, end); // the parent writes nothing more: this is its end
  const { name, input }: ChildTask = JSON.parse(value);
  const measurement = await measurements[name]();
  await measurement(input, (report) => write({ report }));
  await write({ done: true });
}

/** Ends this process at once, whatever its threads do. */
function end(): void {
  Deno.kill(Deno.pid, "SIGKILL");
}

/** Lets Linux kill this process first when memory runs out, and not the parent. */
function volunteerForKills(): void {
  try {
    Deno.writeTextFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // another system, or not allowed
  }
}

const encoder = new TextEncoder();

async function write(message: ChildMessage): Promise<void> {
  const bytes = encoder.encode(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += await Deno.stdout.write(bytes.subarray(sent));
}
