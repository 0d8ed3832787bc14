import type { Clock } from "../../clock.ts";
import type { StreamItem, StreamRun } from "../../model/result.ts";
import type { Progressing } from "../../report/progress_text.ts";
import { renderingOf } from "../../report/renderings.ts";
import { agreementText, itemsProgress, streamSummary, timedLine, unsentText } from "../../report/streams_text.ts";
import { compareItems } from "../../streams/agreement.ts";
import { type Shown, startListing, taskIntervals, threadIntervals } from "../../streams/listing_17_41.ts";
import type { Producer } from "../../streams/producer.ts";
import { exportsIn } from "../table/common_options.ts";
import { documentHead, exportsOf, writeRendered } from "../terminal/documents.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import type { StreamsValues } from "./command.ts";

/** What a run tells of itself while it goes on. */
interface Telling {
  print(item: Shown, atMs: number): Promise<void>;
  readonly progress: Progress;
  /** What goes on, over all runs. */
  readonly read: () => Progressing;
  /** Nothing is printed: stdout is left to a document. */
  readonly silent: boolean;
}

/** `tandem streams`. */
export async function run(values: StreamsValues, _operands: readonly string[], session: Session): Promise<number> {
  const { stdout, stderr } = session;
  const exports = await exportsOf(["streams"], exportsIn(values), values.json ? ["--json"] : [], session);
  const silent = values.json || exports.takesStdout;
  const timed = stdout.style.terminal && !values.plain;
  await using progress = new Progress(session, { quiet: stdout.style.terminal && !silent }); // the items show it
  let shown = 0;
  const print: Telling["print"] = async (item, atMs) => {
    shown++;
    if (silent) return;
    const out = item.kind === "timeout" ? stderr : stdout; // as in the book: println! and eprintln!
    if (out === stderr) await progress.erase();
    await out.write(timed ? timedLine(atMs, item.text, out.style) : `${item.text}\n`);
  };
  const runs: StreamRun[] = [];
  const producers = values.producer === "both" ? ["task", "thread"] as const : [values.producer];
  const read = () => itemsProgress(shown, values.take * producers.length);
  for (const producer of producers) {
    if (session.stop.aborted) break;
    const done = await runOnce(producer, values, session, { print, progress, read, silent });
    runs.push(done);
    await progress.erase();
    if (!silent && (timed || producers.length > 1)) {
      await (timed ? stdout : stderr).write(streamSummary(done, timed ? stdout.style : stderr.style));
    }
  }
  await progress.end();
  const result = { runs, ...runs.length === 2 && compareItems(runs[0].items, runs[1].items) };
  if (!silent) {
    const out = timed ? stdout : stderr;
    await out.write(agreementText(result, out.style));
  }
  if (values.json || exportsIn(values).length > 0) {
    const render = await renderingOf("streams", "json");
    const document = { ...await documentHead({ command: "streams", options: values }, session), result };
    const failure = await exports.write([document]);
    if (values.json) await writeRendered(render(document, stdout.style), "json", stdout);
    if (failure) throw failure; // the result has been shown
  }
  return 0;
}

async function runOnce(
  producer: "task" | "thread",
  values: StreamsValues,
  { stop, stderr, clock }: Session,
  { print, progress, read, silent }: Telling,
): Promise<StreamRun> {
  const intervals = await startProducer(producer, values.interval, clock);
  progress.start(read);
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
    if (unsent !== null && !silent) {
      await progress.erase();
      await stderr.write(unsentText({ unsent }));
    }
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
