import { createHash } from "node:crypto";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type Clock, nextTurn } from "../../lib/clock.ts";
import { JournalError, OutputError } from "../../lib/errors.ts";
import type { Inputs } from "../../lib/exec/input/byte_reader.ts";
import type { Delivery } from "../../lib/exec/pool/delivery.ts";
import { JournalFile } from "../../lib/journal/journal_file.ts";
import { type ResumePoint, RunJournal } from "../../lib/journal/run_journal.ts";

const fresh: ResumePoint = {
  begun: { begun: "run", at: 0 },
  skipped: [],
  input: { bytes: 0, sha256: "" },
  open: new Map(),
  before: { ok: 0, failed: 0 },
  complete: false,
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function delivery(kind: Delivery["kind"], first: number, text = `${first}\n`): Delivery {
  return { kind, first, items: 1, bytes: new TextEncoder().encode(text) };
}

/** What a test has of a journal. */
interface Desk {
  readonly journal: RunJournal;
  readonly file: JournalFile;
  /** The journal's records. */
  records(): unknown[];
  /** The journal's records each time when it said that the run begins. */
  readonly recordsAtBegin: readonly unknown[][];
  /** Reads the inputs to their end. */
  read(): Promise<void>;
  /** Reads one more of them to its end. */
  readNext(): Promise<void>;
  /** Moves time on, and ends the waits that are due. */
  pass(ms: number): Promise<void>;
  readonly cuts: readonly number[];
  openWaits(): number;
}

interface Given {
  readonly point?: Partial<ResumePoint>;
  readonly ordered?: boolean;
  readonly input?: string;
  /** What comes in a second input. */
  readonly more?: string;
  /** What the journal has from before. */
  readonly before?: string;
  /** The length of the output file. */
  readonly length?: number;
  readonly cutFails?: boolean;
}

/** A journal in a folder of its own. */
async function withJournal(given: Given, act: (desk: Desk) => void | Promise<void>): Promise<void> {
  const { point, ordered = true, input = "1\n2\n", before = "", length = 0, cutFails = false, more } = given;
  const folder = await Deno.makeTempDir();
  const name = `${folder}/journal`;
  await Deno.writeTextFile(name, before);
  let now = 1_000;
  const waits = new Map<() => void, number>();
  const clock: Clock = {
    now: () => now,
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waits.set(resolve, now + ms);
      return { done: promise, cancel: () => void waits.delete(resolve) };
    },
  };
  const cuts: number[] = [];
  const output = {
    length: () => length,
    cut(to: number) {
      if (cutFails) throw new Error("it is append-only");
      cuts.push(to);
    },
  };
  const file = JournalFile.open(name, false);
  const counting = { ordered, inline: false, separator: "\n" } as const;
  const records = () => Deno.readTextFileSync(name).split("\n").slice(0, -1).map((line) => JSON.parse(line));
  const recordsAtBegin: unknown[][] = [];
  const parts = { counting, hash: createHash("sha256"), clock, output, onBegin: () => recordsAtBegin.push(records()) };
  const journal = new RunJournal(file, { ...fresh, ...point }, parts);
  const texts = more === undefined ? [input] : [input, more];
  const inputs: Inputs = {
    totalBytes: () => 77,
    next() {
      let rest = texts.shift();
      if (rest === undefined) return Promise.resolve(undefined);
      return Promise.resolve({
        close() {},
        read(into) {
          if (rest === undefined) return Promise.resolve(null);
          const { written } = new TextEncoder().encodeInto(rest, into);
          rest = undefined;
          return Promise.resolve(written);
        },
      });
    },
  };
  const watched = journal.watch(inputs);
  const readNext = async () => {
    const reader = await watched.next();
    while (reader !== undefined && await reader.read(new Uint8Array(64)) !== null);
    return reader !== undefined;
  };
  assertEquals(watched.totalBytes(), 77);
  try {
    await act({
      journal,
      file,
      cuts,
      openWaits: () => waits.size,
      records,
      recordsAtBegin,
      async read() {
        while (await readNext());
      },
      async readNext() {
        await readNext();
      },
      async pass(ms) {
        now += ms;
        for (const [end, at] of [...waits]) if (at <= now && waits.delete(end)) end();
        await nextTurn();
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const header = {
  tandem: "journal",
  schema: 2,
  version: "1.2.3",
  job: "noop",
  settings: { items: {}, output: {} },
} as const;
const begun = { begun: "run", at: 0 };
const input = { bytes: 4, sha256: sha256("1\n2\n") };
const done = (item: number, bytes: number) => ({ done: [item, 1], failed: [], bytes });

Deno.test("run journal: begins when the input has matched; then it records what was written, with the input so far", () =>
  withJournal({ point: { header }, length: 0 }, async ({ journal, records, read, cuts, pass }) => {
    assertEquals([journal.isUnsure(), records()], [true, []]);
    await read();
    assertEquals([journal.isUnsure(), records(), cuts], [false, [header, begun], []]);
    await pass(100);
    journal.note([delivery("ok", 0)]);
    assertEquals(records().slice(2), [{ ...done(0, 2), input }]);
    await pass(100);
    journal.note([delivery("ok", 1)]); // the input is as it was
    assertEquals(records().slice(3), [done(1, 4)]);
    journal.end(true);
    assertEquals(records().slice(4), [{ done: [], failed: [], bytes: 4, last: true }]);
  }));

Deno.test("run journal: the input's position is recorded when it has changed", () =>
  withJournal({ input: "1\n", more: "2\n" }, async ({ journal, readNext, records, pass }) => {
    await readNext();
    await pass(100);
    journal.note([delivery("ok", 0)]);
    await readNext();
    await pass(100);
    journal.note([delivery("ok", 1)]);
    assertEquals(records().slice(1), [{ ...done(0, 2), input: { bytes: 2, sha256: sha256("1\n") } }, {
      ...done(1, 4),
      input,
    }]);
    journal.end(true);
  }));

Deno.test("run journal: no more than a record each 100 ms; what comes earlier is recorded then", () =>
  withJournal({}, async ({ journal, records, read, pass, openWaits }) => {
    await read();
    await pass(99);
    journal.note([delivery("ok", 0)]);
    journal.note([delivery("ok", 1)]);
    assertEquals([records().length, openWaits()], [1, 1]);
    await pass(1);
    assertEquals(records().slice(1), [{ done: [0, 2], failed: [], bytes: 4, input }]);
    assertEquals(openWaits(), 0);
    await pass(60);
    journal.note([delivery("ok", 2)]);
    await pass(39);
    assertEquals(records().length, 2);
    await pass(1);
    assertEquals(records().slice(2), [done(2, 6)]);
    journal.end(false);
    assertEquals([records().slice(3), openWaits()], [[{ done: [], failed: [], bytes: 6 }], 0]);
  }));

Deno.test("run journal: in a long run a record each thousandth of its time, and each second at least", () =>
  withJournal({}, async ({ journal, records, read, pass }) => {
    await read();
    await pass(500_000);
    journal.note([delivery("ok", 0)]);
    assertEquals(records().length, 2);
    await pass(499);
    journal.note([delivery("ok", 1)]);
    assertEquals(records().length, 2);
    await pass(2);
    assertEquals(records().length, 3);
    await pass(5e6);
    journal.note([delivery("ok", 2)]);
    await pass(999);
    journal.note([delivery("ok", 3)]);
    assertEquals(records().length, 4);
    await pass(1);
    assertEquals(records().length, 5);
    journal.end(false);
  }));

Deno.test("run journal: a run that ends leaves no wait, and records the rest", () =>
  withJournal({}, async ({ journal, records, read, openWaits }) => {
    await read();
    journal.note([delivery("error", 0)]);
    assertEquals(openWaits(), 1);
    journal.end(false);
    assertEquals([records().slice(1), openWaits()], [[{ done: [0, 1], failed: [0, 1], bytes: 0, input }], 0]);
  }));

Deno.test("run journal: a run that was stopped before its input matched changes neither the journal nor the output", () =>
  withJournal(
    { point: { outputLength: 5, journalLength: 0, input: { bytes: 4, sha256: "" } }, before: "old\n" },
    async ({ journal, cuts, read, file }) => {
      journal.end(false);
      assertEquals(cuts, []);
      assertThrows(() => file.read(), Error); // it is closed
      await assertRejects(read, JournalError, "the input has changed");
      assertEquals([journal.isUnsure(), cuts], [true, []]);
    },
  ));

Deno.test("run journal: an input that matches after the end begins nothing", () =>
  withJournal({ point: { outputLength: 5, input }, before: "1\n" }, async ({ journal, cuts, read, records }) => {
    journal.end(false);
    await read();
    assertEquals([cuts, records()], [[], [1]]);
  }));

Deno.test("run journal: a resumed run cuts the output and the journal where the last one stood, once the input has matched", () =>
  withJournal(
    { point: { begun: { begun: "resume", at: 5 }, outputLength: 50, journalLength: 2, input }, before: "1\n{torn" },
    async ({ journal, cuts, read, records }) => {
      await read();
      assertEquals([cuts, records()], [[50], [1, { begun: "resume", at: 5 }]]);
      journal.end(true);
      assertEquals(records().slice(2), [{ done: [], failed: [], bytes: 0, input, last: true }]);
    },
  ));

Deno.test("run journal: an output of the right length is not cut, and one that cannot be cut is an error", async () => {
  const point = { begun: { begun: "resume", at: 50 }, outputLength: 50, input } as const;
  await withJournal({ point, length: 50, cutFails: true }, async ({ journal, read }) => {
    await read();
    journal.end(true);
  });
  await withJournal({ point, length: 51, cutFails: true }, async ({ journal, read }) => {
    const found = "the end of an earlier run's output cannot be cut off: it is append-only";
    await assertRejects(read, OutputError, found);
    journal[Symbol.dispose]();
  });
});

Deno.test("run journal: bytes of the output that the run has not written end it, and are not recorded as its own", async () => {
  const written = "1\n".length;
  const at = 100;
  for (
    const [begun, length, refused] of [
      ["run", at + written, false],
      ["run", at, false], // a file system may tell a length late
      ["run", at + written + 1, true],
      ["resume", at + written + 1, true],
      ["retry", at + written + 1, false], // its output is never cut
    ] as const
  ) {
    for (const late of [true, false]) {
      await withJournal({ point: { begun: { begun, at } }, length }, async ({ journal, read, records, pass }) => {
        await read();
        await pass(late ? 1_000 : 0);
        const note = () => {
          journal.note([delivery("ok", 1, "1\n")]);
          journal.end(true);
        };
        const found = "the output file has 1 bytes that this run has not written; with a journal, each run needs";
        if (refused) assertThrows(note, JournalError, found);
        else note();
        if (refused && late) assertThrows(() => journal.end(false), JournalError, found);
        assertEquals(records().length, refused ? 1 : late ? 3 : 2);
        journal[Symbol.dispose]();
      });
    }
  }
  await withJournal({ point: { begun: { begun: "run", at: null } }, length: 7 }, async ({ journal, read }) => {
    await read();
    journal.end(true);
  });
});

Deno.test("run journal: it says once that the run begins, when its first record is written", () =>
  withJournal({ more: "3\n" }, async ({ journal, read, recordsAtBegin }) => {
    await read();
    assertEquals(recordsAtBegin, [[fresh.begun]]);
    journal.end(true);
    assertEquals(recordsAtBegin.length, 1);
  }));

Deno.test("run journal: another input is refused, with what to do", () =>
  withJournal({ point: { input: { bytes: 4, sha256: "ab" } } }, async ({ journal, read, records, recordsAtBegin }) => {
    const error = await assertRejects(read, JournalError, "its first 4 bytes differ");
    assertEquals(error.message.endsWith("; give it the same input, or name a new journal"), true, error.message);
    assertEquals([journal.isUnsure(), records(), recordsAtBegin], [true, [], []]);
    journal[Symbol.dispose]();
  }));

Deno.test("run journal: one that was given up is closed, and one that has ended is not closed again", () =>
  withJournal({}, async ({ journal, file, read }) => {
    await read();
    journal.end(true);
    journal[Symbol.dispose]();
    assertThrows(() => file.read(), Error);
  }).then(() =>
    withJournal({}, ({ journal, file }) => {
      journal[Symbol.dispose]();
      assertThrows(() => file.read(), Error);
    })
  ));

Deno.test("run journal: in a stopped run, items that failed are not recorded; with order, nothing follows the first of them", async () => {
  const deliveries = [delivery("ok", 0), delivery("error", 1), delivery("ok", 2)];
  await withJournal({}, ({ journal }) => {
    assertEquals(journal.select(deliveries, false), deliveries);
    assertEquals(journal.select([deliveries[0], deliveries[2]], true), [deliveries[0], deliveries[2]]);
    assertEquals(journal.select(deliveries, true), [deliveries[0]]);
    assertEquals(journal.select([delivery("ok", 3)], true), []);
    journal.end(false);
  });
  await withJournal({ ordered: false }, ({ journal }) => {
    assertEquals(journal.select(deliveries, true), [deliveries[0], deliveries[2]]);
    assertEquals(journal.select([delivery("ok", 3)], true).length, 1);
    journal.end(false);
  });
});

Deno.test("run journal: a retry records which items have recovered", () =>
  withJournal(
    { point: { begun: { begun: "retry", at: 0 } }, before: "0\n" },
    async ({ journal, read, records, pass }) => {
      await read();
      await pass(100);
      journal.note([delivery("ok", 0), delivery("error", 1), delivery("ok", 2)]);
      assertEquals(records(), [0, { begun: "retry", at: 0 }, { recovered: [0, 1, 1, 1] }]);
      journal.end(true);
    },
  ));

Deno.test("run journal: a record that could not be written later fails the next note", () =>
  withJournal({}, async ({ journal, file, read, pass, records }) => {
    await read();
    journal.note([delivery("ok", 0)]);
    file.close();
    await pass(100);
    assertThrows(() => journal.note([delivery("ok", 1)]), JournalError, "cannot be written");
    assertEquals(records().length, 1);
  }));
