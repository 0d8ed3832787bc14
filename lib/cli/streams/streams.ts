import type { Clock } from "../../clock.ts";
import type { StreamItem, StreamRun } from "../../model/result.ts";
import { renderingOf } from "../../report/renderings.ts";
import { agreementText, streamSummary, timedLine, unsentText } from "../../report/streams_text.ts";
import { compareItems } from "../../streams/agreement.ts";
import { type Shown, startListing, taskIntervals, threadIntervals } from "../../streams/listing_17_41.ts";
import type { Producer } from "../../streams/producer.ts";
import { documentHead, writeRendered } from "../terminal/documents.ts";
import type { Session } from "../terminal/session.ts";
import type { StreamsValues } from "./command.ts";

type Print = (item: Shown, atMs: number) => Promise<void>;

/** `tandem streams`. */
export async function run(values: StreamsValues, _operands: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr } = session;
  const timed = stdout.style.terminal && !values.plain;
  const print: Print = async (item, atMs) => {
    if (values.json) return;
    const out = item.kind === "timeout" ? stderr : stdout; // as in the book: println! and eprintln!
    await out.write(timed ? timedLine(atMs, item.text, out.style) : `${item.text}\n`);
  };
  const runs: StreamRun[] = [];
  const producers = values.producer === "both" ? ["task", "thread"] as const : [values.producer];
  for (const producer of producers) {
    if (session.stop.aborted) break;
    const done = await runOnce(producer, values, session, print);
    runs.push(done);
    if (!values.json && (timed || producers.length > 1)) {
      await (timed ? stdout : stderr).write(streamSummary(done, timed ? stdout.style : stderr.style));
    }
  }
  const result = { runs, ...runs.length === 2 && compareItems(runs[0].items, runs[1].items) };
  if (values.json) {
    const render = await renderingOf("streams", "json");
    const document = { ...await documentHead({ command: "streams", options: values }, session), result };
    await writeRendered(render(document, stdout.style), "json", stdout);
  } else await (timed ? stdout : stderr).write(agreementText(result));
  return 0;
}

async function runOnce(
  producer: "task" | "thread",
  values: StreamsValues,
  { stop, stderr, clock }: Session,
  print: Print,
): Promise<StreamRun> {
  const intervals = await startProducer(producer, values.interval, clock);
  const startMs = clock.now();
  const listing = { timeoutMs: values.timeout, throttleMs: values.throttle, take: values.take };
  const running = startListing(listing, intervals, clock);
  const close = () => void running.close();
  if (stop.aborted) close();
  stop.addEventListener("abort", close);
  const items: StreamItem[] = [];
  let backlog = 0;
  let elapsedMs = 0;
  let unsent: number | null = null;
  try {
    for await (const item of running.items) {
      const atMs = clock.now() - startMs;
      items.push({ atMs, ...item });
      backlog = running.backlog(); // at the last item taken
      elapsedMs = atMs;
      await print(item, atMs);
    }
  } finally {
    stop.removeEventListener("abort", close);
    unsent = (await running.close()).unsent ?? null;
    if (!values.json) await stderr.write(unsentText({ unsent }));
  }
  return { producer, items, backlog, unsent, elapsedMs };
}

function startProducer(
  producer: "task" | "thread",
  everyMs: number,
  clock: Clock,
): Producer<number> | Promise<Producer<number>> {
  return producer === "task" ? taskIntervals(everyMs, clock) : threadIntervals(everyMs);
}
