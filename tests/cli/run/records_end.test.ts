import { assertEquals, assertRejects } from "@std/assert";
import type { FailureStop, RecordWriter } from "../../../lib/cli/run/record_writer.ts";
import { type RecordRun, runRecords } from "../../../lib/cli/run/run_records.ts";
import { JournalError, OutputError, TandemError } from "../../../lib/errors.ts";
import type { Delivery } from "../../../lib/exec/pool/delivery.ts";
import type { RunJournal } from "../../../lib/journal/run_journal.ts";

const ok = (first: number): Delivery => ({ kind: "ok", first, items: 1, bytes: new Uint8Array() });
const error = (first: number): Delivery => ({ ...ok(first), kind: "error" });

interface Surroundings {
  readonly failureStop?: FailureStop;
  readonly signal?: AbortSignal;
  /** Thrown after the deliveries. */
  readonly failure?: Error;
  /** What the journal leaves of deliveries. */
  readonly select?: RunJournal["select"];
  readonly onWritten?: () => void;
}

/** Runs records that come one by one. What was done with them, in order: `w` written, `n` noted, then how the journal ended. */
function ended(deliveries: readonly Delivery[], given: Surroundings = {}) {
  const { signal = new AbortController().signal, failureStop, select, onWritten } = given;
  const did: string[] = [];
  const written = { ok: 0, failed: 0, bytes: 0 };
  const names = (mark: string, some: readonly Delivery[]) => did.push(mark + some.map(({ first }) => first));
  const writer = {
    written,
    write(some: readonly Delivery[]) {
      for (const { kind } of some) written[kind === "error" ? "failed" : "ok"]++;
      names("w", some);
      return Promise.resolve(some);
    },
  };
  const journal = {
    select: select ?? ((some: readonly Delivery[]) => some),
    note: (some: readonly Delivery[]) => names("n", some),
    end: (complete: boolean) => did.push(complete ? "complete" : "incomplete"),
  };
  async function* run() {
    for (const delivery of deliveries) yield [delivery];
    if (given.failure !== undefined) throw given.failure;
  }
  const all = {
    pool: { run },
    writer: writer as unknown as RecordWriter,
    journal: journal as unknown as RunJournal,
    failureStop,
    signal,
    onWritten: () => Promise.resolve(onWritten?.()),
  } as Partial<RecordRun> as RecordRun;
  const ending = runRecords(all);
  return { did, ending };
}

Deno.test("runRecords: each record is noted in the journal after it has been written; at the end the journal is complete", async () => {
  const { did, ending } = ended([ok(0), error(1), ok(2)]);
  assertEquals(await ending, { how: "done" });
  assertEquals(did, ["w0", "n0", "w1", "n1", "w2", "n2", "complete"]);
});

Deno.test("runRecords: it ends behind the item that reaches its stop, and the journal goes on there", async () => {
  const failureStop: FailureStop = { how: "too-many-failures", isReached: ({ failed }) => failed > 0 };
  const { did, ending } = ended([ok(0), error(1), ok(2)], { failureStop });
  assertEquals(await ending, { how: "too-many-failures" });
  assertEquals(did, ["w0", "n0", "w1", "n1", "incomplete"]);
  const all = ended([ok(0), ok(1)], { failureStop });
  assertEquals([await all.ending, all.did.at(-1)], [{ how: "done" }, "complete"]);
});

Deno.test("runRecords: stopped, what the journal would not know is not written", async () => {
  const stop = new AbortController();
  const stopped: boolean[] = [];
  const { did, ending } = ended([ok(0), ok(1)], {
    signal: stop.signal,
    select: (some, isStopped) => (stopped.push(isStopped), isStopped ? [] : some),
    onWritten: () => stop.abort(),
  });
  assertEquals(await ending, { how: "stopped" });
  assertEquals([stopped, did], [[false, true], ["w0", "n0", "w", "n", "incomplete"]]);
});

Deno.test("runRecords: a run that gives up says why, after what was written; the journal can go on", async () => {
  const failure = new TandemError("gave-up", "threads keep crashing");
  const { did, ending } = ended([ok(0)], { failure });
  assertEquals(await ending, { how: "stopped", failure });
  assertEquals(did, ["w0", "n0", "incomplete"]);
});

Deno.test("runRecords: where the output or the journal cannot be written there is no summary; nor of our own bugs", async () => {
  const failures = [
    new OutputError("stdout", new Error("full")),
    new JournalError("j", "it cannot be written"),
    new RangeError("a bug"),
  ];
  for (const failure of failures) {
    const { did, ending } = ended([ok(0)], { failure });
    assertEquals(await assertRejects(() => ending), failure);
    assertEquals(did.at(-1), "incomplete");
  }
});
