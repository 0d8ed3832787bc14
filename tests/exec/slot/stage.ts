import { nextTurn } from "../../../lib/clock.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { Slot } from "../../../lib/exec/slot/slot.ts";
import type { SlotOptions } from "../../../lib/exec/slot/slot_options.ts";
import { WidthReports } from "../../../lib/exec/slot/width_reports.ts";
import { assignItem, blockLength, isRunning, viewBlock, writeFrame } from "../../../lib/exec/wire/block.ts";
import { controlWord, type FromSlot, recordKind } from "../../../lib/exec/wire/protocol.ts";
import { ResultChunks, resultMemory, viewChunk } from "../../../lib/exec/wire/result_chunks.ts";
import { n } from "../numbers.ts";

export type Run = SlotOptions["run"];
type Results = FromSlot & { readonly kind: "results" };

/** What a slot has posted, as `kind first-last: text`. */
type Seen = string;

const kindNames = Object.fromEntries(Object.entries(recordKind).map(([name, kind]) => [kind, name]));

/** The generation of the slot on the stage. */
export const generation = n<never>(1);

/** The line of the first item. */
const firstLine = 11;

/** A slot without a thread: its clock and its timers go as the test says, and the test is its main. */
export function slotStage(
  run: Run,
  options: Partial<SlotOptions> & { readonly tasks?: number; readonly tuned?: boolean } = {},
) {
  const time = { now: 0 };
  const timers: { at: number; callback: () => void }[] = [];
  const posted: FromSlot[] = [];
  const control = new Int32Array(controlWord.length);
  control[controlWord.tasks] = options.tasks ?? 1;
  control[controlWord.nextOut] = -1;
  const memory = resultMemory(0);
  const now = () => time.now;
  const after = (ms: number, callback: () => void) => void timers.push({ at: time.now + ms, callback });
  const slot = new Slot({
    run,
    generator: false,
    thread: 0,
    state: undefined,
    generation,
    control,
    format: valueFormat("json", "json"),
    numbering: { first: 0, step: 1 },
    credit: 1_000_000,
    chunks: new ResultChunks(memory),
    post: (message) => void posted.push(message),
    now,
    after,
    width: options.tuned ? new WidthReports({ control, now, after }) : undefined,
    placeOf: () => "job.ts:7",
    ...options,
  });
  const capacity = 50;
  const buffer = new SharedArrayBuffer(blockLength(capacity, 5_000));
  const block = viewBlock(buffer, capacity);
  const reference = { id: n<never>(0), capacity, once: false, use: n<never>(1), firstLine: n<never>(firstLine) };
  const encoder = new TextEncoder();
  let [items, bytes] = [0, 0];

  /** Writes items, each on a line of its own, and assigns them to the slot. */
  const assign = (texts: readonly string[]): { from: number; count: number } => {
    const from = items;
    for (const text of texts) {
      const start = bytes;
      bytes += encoder.encodeInto(text, block.bytes.subarray(bytes)).written;
      writeFrame(block, n(items), n(1), start, bytes, n(items));
      assignItem(block, n(items++), generation);
    }
    return { from, count: texts.length };
  };
  const take = ({ from, count }: { from: number; count: number }, first = from, sentAt?: number): void => {
    const sent = from === 0 ? { ...reference, buffer } : reference;
    slot.take({ kind: "items", block: sent, from: n(from), first: n(first), count, sentAt });
  };

  const read = (message: Results): Seen[] => {
    const all = message.chunk === undefined ? new Uint8Array(message.buffer!) : viewChunk(memory, message.chunk);
    const seen: Seen[] = [];
    for (let i = 0, at = 0; i < message.stretches.length; i += 4) {
      const [kind, first, count, length] = message.stretches.slice(i, i + 4);
      const text = new TextDecoder().decode(all.slice(at, at += length)).trimEnd().replaceAll("\n", " ");
      seen.push(`${kindNames[kind]} ${count === 1 ? first : `${first}-${first + count - 1}`}: ${text}`.trimEnd());
    }
    return seen;
  };

  return {
    slot,
    control,
    block,
    time,
    posted,
    assign,
    take,
    /** Gives the slot items of these texts, JSON each. */
    give: (...texts: string[]) => take(assign(texts)),
    /** What the slot has posted since this was last asked. */
    seen: (): Seen[] =>
      posted.splice(0).flatMap((message): Seen[] => {
        if (message.kind === "results") return read(message);
        if (message.kind === "fatal") return [`fatal: ${message.message} at ${message.at}`];
        if (message.kind === "uncaught") return [`uncaught: ${message.message} of line ${message.line}`];
        return [message.kind];
      }),
    results: (): Results[] => posted.splice(0).filter((message) => message.kind === "results"),
    /** Lets this much time pass; what is due then fires, in its order. */
    elapse(ms: number): void {
      const until = time.now + ms;
      for (;;) {
        timers.sort((a, b) => a.at - b.at);
        if (timers.length === 0 || timers[0].at > until) break;
        const { at, callback } = timers.shift()!;
        time.now = Math.max(time.now, at);
        callback();
      }
      time.now = until;
    },
    isRunning: (item: number) => isRunning(block, n(item), n(1), generation),
  };
}

/** Lets all promises that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}

/** A job whose items end when the test says so. */
export function heldItems() {
  const started: unknown[] = [];
  const held = new Map<unknown, PromiseWithResolvers<unknown>>();
  const run: Run = (item) => {
    started.push(item);
    const ending = Promise.withResolvers<unknown>();
    held.set(item, ending);
    return ending.promise;
  };
  return {
    run,
    started,
    async end(item: unknown, value: unknown = item): Promise<void> {
      held.get(item)!.resolve(value);
      await settled();
    },
    async fail(item: unknown, error: unknown): Promise<void> {
      held.get(item)!.reject(error);
      await settled();
    },
  };
}
