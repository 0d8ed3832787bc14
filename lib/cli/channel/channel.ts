import { readMachine } from "../../bench/machine.ts";
import { systemClock } from "../../clock.ts";
import { jsonDocument } from "../../report/document.ts";
import { timedLine } from "../../report/streams_text.ts";
import { blockingSender } from "../../streams/listing_17_42.ts";
import type { Session } from "../terminal/session.ts";
import { tool } from "../table/version.ts";

/** The values of the command's flags. */
export interface ChannelValues {
  readonly count: number;
  readonly every: number;
  readonly plain: boolean;
  readonly json: boolean;
}

/** `tandem channel`: a blocking thread sends, main awaits; ends after the thread's last sleep. */
export async function run(values: ChannelValues, { stdout, stop }: Session): Promise<number> {
  const startedAt = new Date();
  const producer = await blockingSender(values.count, values.every);
  const startMs = systemClock.now();
  const close = () => void producer.items.return?.();
  if (stop.aborted) close();
  stop.addEventListener("abort", close);
  const timed = stdout.style.terminal && !values.plain;
  const items: { readonly atMs: number; readonly value: number }[] = [];
  producer.start();
  try {
    for await (const value of producer.items) {
      const atMs = systemClock.now() - startMs;
      items.push({ atMs, value });
      if (!values.json) await stdout.write(timed ? timedLine(atMs, String(value), stdout.style) : `${value}\n`);
    }
  } finally {
    stop.removeEventListener("abort", close);
    await producer.items.return?.(); // a closed pipe ends the loop early
    await producer.ended;
  }
  if (values.json) {
    const head = {
      tool,
      command: "channel",
      startedAt: startedAt.toISOString(),
      elapsedMs: systemClock.now() - startMs,
      machine: readMachine(),
      options: values,
      seed: null,
    };
    await stdout.writeExact(jsonDocument(head, { items }));
  }
  return 0;
}
