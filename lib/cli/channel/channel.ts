import { renderingOf } from "../../report/renderings.ts";
import { itemsProgress, timedLine } from "../../report/streams_text.ts";
import { blockingSender } from "../../streams/listing_17_42.ts";
import { documentHead, writeRendered } from "../terminal/documents.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import type { ChannelValues } from "./command.ts";

/** `tandem channel`: a blocking thread sends, main awaits; ends after the thread's last sleep. */
export async function run(values: ChannelValues, _operands: readonly string[], session: Session): Promise<number> {
  const { stdout, stop, clock } = session;
  const producer = await blockingSender(values.count, values.every);
  const startMs = clock.now();
  const close = () => void producer.items.return?.();
  if (stop.aborted) close();
  stop.addEventListener("abort", close);
  const timed = stdout.style.terminal && !values.plain;
  const items: { readonly atMs: number; readonly value: number }[] = [];
  await using progress = new Progress(session, { quiet: stdout.style.terminal && !values.json }); // the values show it
  progress.start(() => itemsProgress(items.length, values.count));
  producer.start();
  try {
    for await (const value of producer.items) {
      const atMs = clock.now() - startMs;
      items.push({ atMs, value });
      if (!values.json) await stdout.write(timed ? timedLine(atMs, String(value), stdout.style) : `${value}\n`);
    }
  } finally {
    stop.removeEventListener("abort", close);
    await producer.items.return?.(); // a closed pipe ends the loop early
    await producer.ended;
  }
  await progress.end();
  if (values.json) {
    const render = await renderingOf("channel", "json");
    const document = { ...await documentHead({ command: "channel", options: values }, session), result: { items } };
    await writeRendered(render(document, stdout.style), "json", stdout);
  }
  return 0;
}
