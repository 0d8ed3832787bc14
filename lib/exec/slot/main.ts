import { after, clockSince } from "../../clock.ts";
import type { JobErrorCode } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import { exec, objectToString } from "../../natives.ts";
import type { ToThread } from "../wire/protocol.ts";
import type { DeniedRemedy } from "../wire/remedies.ts";
import type { ReadRow } from "../wire/rows.ts";
import { ResultChunks } from "../wire/result_chunks.ts";
import { explainDenied } from "./denied.ts";
import { openScope } from "./item_scope.ts";
import { describeError, errorText } from "./record.ts";
import type { SlotRuntime } from "./runtime.ts";
import { Slot } from "./slot.ts";
import type { RunItem } from "./slot_options.ts";

/** What a slot needs of a job. */
interface SlotJob {
  readonly run: RunItem;
  readonly setup?: (context: { readonly thread: number }) => unknown;
  readonly teardown?: (state: unknown) => unknown;
}

/** Why a module is not a job, as the end of the sentence "job.ts: ...". */
interface Refused {
  readonly kind: "refused";
  readonly found: string;
  readonly code?: JobErrorCode;
}

/** How jobs are found and read: lib/exec knows nothing of their modules. */
export interface Jobs<J extends SlotJob> {
  readonly load: (reference: JobReference) => Promise<{ readonly kind: "loaded"; readonly job: J } | Refused>;
  /** Whether it may use the descriptors 0 and 1 through Node. */
  readonly namesDescriptors: (reference: JobReference) => Promise<boolean>;
  /** The items that a job brings along, as a JSON array. */
  readonly itemsOf: (job: J) => { readonly kind: "items"; readonly json: string | undefined } | Refused;
  /** Where in the job an error was made, as `path:line`; undefined if that is not known. */
  readonly placeOf: (thrown: unknown) => string | undefined;
}

const generatorTag = /^\[object (?:Async)?GeneratorFunction\]$/;

/** Makes this thread a slot: it loads the job that main names, runs the items that main sends, and posts their outcomes. */
export function runSlot<J extends SlotJob>(runtime: SlotRuntime, jobs: Jobs<J>): void {
  const { post } = runtime;
  let slot: Slot | undefined;
  let teardown: () => unknown = () => {};

  async function load(message: ToThread & { kind: "load" }): Promise<void> {
    // Before the job, which may replace what importing needs; and not for runs that need none of it.
    const probes = message.probes === "none" ? undefined : await import("./slot_probes.ts");
    const hints = message.retry === undefined ? undefined : await import("./retry_hint.ts");
    const { KeptPlaces } = hints === undefined || message.tuned ? {} : await import("./kept_places.ts");
    const { input } = message.format;
    const rows = input === "csv" || input === "tsv" ? (await import("../wire/rows.ts")).rowReader(input) : undefined;
    const { ItemSpans } = message.spans === "none" ? {} : await import("./item_spans.ts");
    const { WidthReports } = message.tuned ? await import("./width_reports.ts") : {};
    await runtime.guardDescriptors(() => jobs.namesDescriptors(message.job));
    const cpuNow = probes && runtime.cpuReader();
    const loaded = await jobs.load(message.job);
    const { denied } = message.format.remedies;
    if (loaded.kind === "refused") return post(refusal(loaded, denied));
    runtime.forbidLoaded();
    const { job } = loaded;
    const own = message.wantsItems ? jobs.itemsOf(job) : { kind: "items", json: undefined } as const;
    if (own.kind === "refused") return post(own);
    let state: unknown;
    try {
      state = await job.setup?.({ thread: message.thread });
    } catch (error) {
      return post(refusal({ kind: "refused", found: `its setup failed: ${errorText(error)}` }, denied));
    }
    slot = slotFor(message, job, state, jobs.placeOf, runtime, {
      probes,
      cpuNow,
      hints,
      KeptPlaces,
      ItemSpans,
      WidthReports,
      readRow: rows,
    });
    teardown = () => job.teardown?.(state);
    post({ kind: "loaded", items: own.json, hasTeardown: job.teardown !== undefined });
    if (message.probes === "all") cpuNow?.(); // the first reading takes 10 ms: before anything is timed
  }

  async function finish(): Promise<void> {
    try {
      await teardown();
    } catch (error) {
      runtime.printError("teardown:", describeError(error).message);
    }
    post({ kind: "finished" });
    runtime.close();
  }

  function execute(message: ToThread): void {
    switch (message.kind) {
      case "load":
        return void load(message);
      case "items":
        return slot?.take(message);
      case "taken":
        return slot?.taken(message);
      case "takenOf":
        return slot?.takenOf(message.item, message.bytes);
      case "resume":
        return slot?.resume();
      case "width":
        return slot?.widthTold();
      case "cancel":
        return slot?.cancel(message.item);
      case "stop":
        return slot?.stop();
      case "finish":
        return void finish();
      default:
        return message satisfies never;
    }
  }

  openScope(runtime.context);
  runtime.forbidHarm();
  runtime.listen((message) => {
    try {
      execute(message);
    } catch (error) {
      slot?.die(error); // or main would wait for ever
    }
  });
  runtime.catchUncaught((thrown, item) => {
    if (slot !== undefined) slot.uncaught(thrown, item);
    else post({ kind: "fatal", message: errorText(thrown) }); // the job is still loading, and failed by that
  });
}

/** What only some runs load. */
interface Loaded {
  readonly probes: typeof import("./slot_probes.ts") | undefined;
  readonly cpuNow: (() => number | undefined) | undefined;
  readonly hints: typeof import("./retry_hint.ts") | undefined;
  readonly KeptPlaces: typeof import("./kept_places.ts").KeptPlaces | undefined;
  readonly ItemSpans: typeof import("./item_spans.ts").ItemSpans | undefined;
  readonly WidthReports: typeof import("./width_reports.ts").WidthReports | undefined;
  readonly readRow: ReadRow | undefined;
}

function slotFor(
  message: ToThread & { kind: "load" },
  { run }: SlotJob,
  state: unknown,
  placeOf: (thrown: unknown) => string | undefined,
  { post, heapBytes, denialOf }: SlotRuntime,
  { probes, cpuNow, hints, KeptPlaces, ItemSpans, WidthReports, readRow }: Loaded,
): Slot {
  const { thread, generation, control, format, numbering, credit, spans, retry } = message;
  const now = clockSince(message.epoch, message.started);
  return new Slot({
    run,
    generator: exec(generatorTag, objectToString(run)) !== null,
    thread,
    state,
    generation,
    control,
    format,
    numbering,
    credit,
    chunks: new ResultChunks(message.results),
    post,
    now,
    cpuNow,
    width: WidthReports && new WidthReports({ control, now, after }),
    keptPlaces: KeptPlaces && new KeptPlaces({ control, after }),
    hintOf: retry && hints?.hintsBy(retry, format.remedies.retryMax),
    probes: probes && message.probes === "all" ? new probes.SlotProbes({ now, after, heapBytes }) : undefined,
    spans: ItemSpans && spans !== "none" ? new ItemSpans(spans, now) : undefined,
    after,
    placeOf,
    denialOf,
    readRow,
  });
}

function refusal({ kind, found, code }: Refused, denied: DeniedRemedy): Refused {
  return { kind, found: explainDenied(found, denied) ?? found, code };
}
