import { pathToFileURL } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { JournalError } from "../../lib/errors.ts";
import { encode, type Entry, type JournalHeader } from "../../lib/journal/entry.ts";
import { JournalFile } from "../../lib/journal/journal_file.ts";
import { type JournalUse, openJournal } from "../../lib/journal/open_journal.ts";
import type { ResumePoint } from "../../lib/journal/run_journal.ts";

const settings = { items: { limit: null }, output: { input: "json" } };
const header: JournalHeader = { tandem: "journal", schema: 2, version: "1.2.3", job: "noop", settings };
const input = { bytes: 90, sha256: "ab" };
const ranges = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([first, end]) => ({ first, end }));

/** A run of 10 items that wrote 50 bytes behind 7 others; items 2, 3 and 6 failed. */
const half: readonly Entry[] = [
  { begun: "run", at: 7 },
  { done: ranges([0, 4], [6, 10]), failed: ranges([2, 4], [6, 7]), bytes: 50, input, open: [[4, 2]] },
];
const whole: readonly Entry[] = [...half, { done: ranges([4, 6]), failed: [], bytes: 60, last: true }];

/** Where a run would start, with this in its journal; `length`: that of the output file, null for a pipe. */
async function pointOf(
  kind: JournalUse["kind"],
  text: string | undefined,
  length: number | null = null,
): Promise<ResumePoint> {
  const folder = await Deno.makeTempDir();
  const name = `${folder}/journal`;
  try {
    if (text !== undefined) await Deno.writeTextFile(name, text);
    const run = {
      reference: { kind: "builtin", name: "noop" },
      settings,
      counting: { ordered: true, inline: false, separator: "\n" },
      version: "1.2.3",
      clock: { now: () => 0, wait: () => ({ done: Promise.resolve(), cancel() {} }) },
      output: { length: () => length, cut() {} },
      onBegin: () => {},
    } as const;
    try {
      using journal = await openJournal({ kind, name }, run);
      assertEquals(journal.name, name);
      return journal.resumePoint;
    } finally {
      if (text !== undefined) {
        JournalFile.open(name, false).close(); // it is not locked any more
        assertEquals(await Deno.readTextFile(name), text); // nothing is written yet
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refused(kind: JournalUse["kind"], text: string | undefined, found: string, length?: number) {
  return (await assertRejects(() => pointOf(kind, text, length), JournalError, found)).code;
}

const journal = (entries: readonly Entry[], first = header) => [first, ...entries].map(encode).join("");
const fresh = {
  skipped: [],
  input: { bytes: 0, sha256: "" },
  open: new Map(),
  before: { ok: 0, failed: 0 },
  complete: false,
};

Deno.test("openJournal: a new one, or one without a whole header, begins with a header", async () => {
  const point = { ...fresh, header, begun: { begun: "run", at: 7 }, journalLength: 0 };
  assertEquals<unknown>(await pointOf("journal", undefined, 7), point);
  for (const kind of ["journal", "resume"] as const) {
    for (const text of ["", "{", encode(header).slice(0, 30), encode(header).trimEnd()]) {
      assertEquals<unknown>(await pointOf(kind, text, 7), point, `${kind}: ${text}`);
    }
  }
  assertEquals(await refused("retryFailed", "", "its run has not done anything yet"), "journal-not-begun");
});

Deno.test("openJournal: what is not a journal is never touched; what must exist is not created", async () => {
  for (const kind of ["journal", "resume", "retryFailed"] as const) {
    assertEquals(await refused(kind, "1\n2\n", "is not a journal; name another file"), "journal");
  }
  assertEquals(await refused("resume", undefined, "does not exist"), "journal-missing");
  assertEquals(await refused("retryFailed", undefined, "does not exist"), "journal-missing");
});

Deno.test("openJournal: a run goes on where it stood: both files are cut there", async () => {
  const text = journal(half);
  const expected = {
    begun: { begun: "resume", at: 57 },
    outputLength: 57,
    skipped: ranges([0, 4], [6, 10]),
    input,
    open: new Map([[4, 2]]),
    before: { ok: 5, failed: 3 },
    complete: false,
    journalLength: text.length,
  };
  for (const kind of ["journal", "resume"] as const) {
    for (const length of [57, 58, 1_000]) {
      assertEquals<unknown>(await pointOf(kind, `${text}{"torn`, length), expected);
    }
  }
});

Deno.test("openJournal: the journal is cut behind its last whole record, whatever its header's texts are", async () => {
  const exec = { ...header, settings: { ...settings, output: { input: "json", exec: "größe 𝒳 {}" } } };
  const text = journal(half, exec);
  const point = await pointOf("resume", `${text}{"torn`, 57);
  assertEquals(point.journalLength, new TextEncoder().encode(text).length);
});

Deno.test("openJournal: without a word of how far it came, a run goes on from its start", async () => {
  for (const entries of [[], half.slice(0, 1)]) {
    const { skipped, begun, complete } = await pointOf("journal", journal(entries), 7);
    assertEquals([skipped, begun, complete], [[], { begun: "resume", at: 7 }, false]);
  }
});

Deno.test("openJournal: an output that is shorter than what was written to it is another file", async () => {
  const found = "the output file has 56 bytes, but 57 were written to it";
  for (const kind of ["journal", "resume"] as const) {
    assertEquals(await refused(kind, journal(half), found, 56), "journal");
  }
});

Deno.test("openJournal: the output of a complete run may be elsewhere with --resume; with --journal, > has emptied it", async () => {
  const found = "the output file has 0 bytes, but 67 were written to it; append to the same file with >>, not with >";
  assertEquals(await refused("journal", journal(whole), found, 0), "journal");
  for (const length of [67, 90, null]) {
    const { begun, outputLength, complete } = await pointOf("journal", journal(whole), length);
    assertEquals([begun, outputLength, complete], [{ begun: "resume", at: length }, undefined, true]);
  }
  assertEquals((await pointOf("resume", journal(whole), 0)).begun, { begun: "resume", at: 0 });
});

Deno.test("openJournal: where the output does not go to a file, or did not, nothing of it is cut", async () => {
  const atPipe = await pointOf("resume", journal(half), null);
  assertEquals([atPipe.begun, atPipe.outputLength], [{ begun: "resume", at: null }, undefined]);
  const fromPipe = await pointOf("resume", journal([{ begun: "run", at: null }, half[1]]), 3);
  assertEquals([fromPipe.begun, fromPipe.outputLength], [{ begun: "resume", at: 3 }, undefined]);
  const complete = await pointOf("resume", journal(whole), 3); // its output may have gone elsewhere
  assertEquals([complete.begun, complete.outputLength], [{ begun: "resume", at: 3 }, undefined]);
});

Deno.test("openJournal: a retry skips what has not failed, and ends behind the last item that has", async () => {
  const text = journal(whole);
  const expected = { ...fresh, begun: { begun: "retry", at: 9 }, input, skipped: ranges([0, 2], [4, 6]), limit: 7 };
  assertEquals<unknown>(await pointOf("retryFailed", text, 9), { ...expected, journalLength: text.length });
  const one = await pointOf("retryFailed", journal([...whole, { recovered: ranges([2, 4]) }]));
  assertEquals([one.skipped, one.limit], [ranges([0, 6]), 7]);
  const none = await pointOf("retryFailed", journal([...whole, { recovered: ranges([2, 4], [6, 7]) }]));
  assertEquals([none.skipped, none.limit], [[], 0]);
  assertEquals(await refused("retryFailed", journal(half), "its run has not finished"), "journal-unfinished");
});

Deno.test("openJournal: another job, or other settings, are another run", async () => {
  for (const kind of ["journal", "resume"] as const) {
    const found = "has changed since (@sleep, now @noop); undo the change, or name a new journal";
    assertEquals(await refused(kind, journal(half, { ...header, job: "sleep" }), found), "journal");
  }
  assertEquals((await pointOf("retryFailed", journal(whole, { ...header, job: "sleep" }))).limit, 7);
  const limited = { ...header, settings: { ...settings, items: { limit: "5" } } };
  const error = await assertRejects(() => pointOf("retryFailed", journal(whole, limited)), JournalError, "limit = 5");
  assertEquals([error.code, error.about], ["journal-differs", "limit"]);
});

Deno.test("openJournal: a module is known by its content", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/job.js`, "export default (x) => x;");
    const run = {
      reference: { kind: "module", url: pathToFileURL(`${folder}/job.js`).href },
      settings,
      counting: { ordered: true, inline: false, separator: "\n" },
      version: "1.2.3",
      clock: { now: () => 0, wait: () => ({ done: Promise.resolve(), cancel() {} }) },
      output: { length: () => null, cut() {} },
      onBegin: () => {},
    } as const;
    using journal = await openJournal({ kind: "journal", name: `${folder}/journal` }, run);
    assertEquals(/^[0-9a-f]{64}$/.test(journal.resumePoint.header?.job ?? ""), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
