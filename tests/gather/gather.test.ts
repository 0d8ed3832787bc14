import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { gather, type GatherOptions } from "../../lib/gather/gather.ts";
import type { FaultyLines } from "../../lib/model/gathered.ts";
import { taggedFile } from "./tagged_text.ts";

const value = (line: number, text = "0") => `{"line":${line},"value":${text}}\n`;
const error = (line: number) => `{"line":${line},"error":{"name":"E","message":""}}\n`;

/** Gathers texts of files; what is written, and what is said of it. */
async function gathered(texts: readonly string[], options: Partial<GatherOptions> = {}) {
  let written = "";
  const decoder = new TextDecoder();
  const result = await gather({
    files: texts.map((text, i) => taggedFile(text, i)),
    sparse: false,
    write: ({ bytes }) => void (written += `${decoder.decode(bytes)}\n`),
    signal: new AbortController().signal,
    ...options,
  });
  return { ...result, written };
}

/** The lines of faults that are shown. */
function linesOf({ shown }: FaultyLines): number[] {
  return shown.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, i) => first + i));
}

async function* upTo(lines: number) {
  yield { first: 1, end: lines + 1 };
}

Deno.test("gather: the order of the lines, with all values of each", async () => {
  const a = value(1, "1") + value(1, "2") + value(4);
  const b = value(2, '"x"') + error(2) + value(5);
  const c = error(3);
  const { written, ok, failed, lastLine, missing } = await gathered([a, b, c]);
  assertEquals(written, value(1, "1") + value(1, "2") + value(2, '"x"') + error(2) + error(3) + value(4) + value(5));
  assertEquals([ok, failed, lastLine, missing.count], [3, 2, 5, 0]);
});

Deno.test("gather: of a line that two files have, those of the first file are written", async () => {
  const { written, doubled, ok } = await gathered([
    value(2, "2"),
    value(1) + value(2, '"b"') + value(2, '"b"'),
    value(2),
  ]);
  assertEquals(written, value(1) + value(2, "2"));
  assertEquals([linesOf(doubled), doubled.files, doubled.count, ok], [[2], [0, 1], 1, 2]);
});

Deno.test("gather: each line that is written is told once, for the progress", async () => {
  const lines: number[] = [];
  await gathered([value(1) + value(1) + value(3), error(2) + value(7)], {
    input: upTo(3),
    onLine: (line) => lines.push(line),
  });
  assertEquals(lines, [1, 2, 3]);
});

Deno.test("gather: what comes behind an error record of its line is doubled", async () => {
  const { written, doubled } = await gathered([error(1) + value(1) + error(1) + value(2)]);
  assertEquals([written, linesOf(doubled), doubled.files], [error(1) + value(2), [1], [0, 0]]);
});

Deno.test("gather: missing and foreign lines, by what is known of the input", async () => {
  const files = [value(2) + value(4), value(7)];
  const faults = async (options: Partial<GatherOptions>) => {
    const { missing, foreign, written } = await gathered(files, options);
    return [linesOf(missing), linesOf(foreign), written];
  };
  const [two, four, seven] = [2, 4, 7].map((line) => value(line));
  assertEquals(await faults({}), [[1, 3, 5, 6], [], two + four + seven]);
  assertEquals(await faults({ sparse: true }), [[], [], two + four + seven]);
  assertEquals(await faults({ input: upTo(9) }), [[1, 3, 5, 6, 8, 9], [], two + four + seven]);
  assertEquals(await faults({ input: upTo(6) }), [[1, 3, 5, 6], [7], two + four]);
  assertEquals(await faults({ input: upTo(6), sparse: true }), [[], [7], two + four]);
});

Deno.test("gather: no files' records, and every line is missing", async () => {
  const { ok, lastLine, missing, written } = await gathered(["", ""], { input: upTo(3) });
  assertEquals([ok, lastLine, missing.count, written], [0, 0, 3, ""]);
});

Deno.test("gather: a slow reader is waited for, and a stop ends it", async () => {
  const stop = new AbortController();
  const written: number[] = [];
  let writing = 0;
  const { missing } = await gathered([value(1) + value(2) + value(3)], {
    input: upTo(9),
    signal: stop.signal,
    async write({ line }) {
      assertEquals(writing++, 0);
      await Promise.resolve();
      writing--;
      written.push(line);
      if (line === 2) stop.abort();
    },
  });
  assertEquals([written, missing.count], [[1, 2], 0]);
});

Deno.test("gather: any lines in any files, as one would do it by hand", async () => {
  const line = fc.integer({ min: 1, max: 15 });
  const files = fc.array(fc.array(fc.tuple(line, fc.boolean()), { maxLength: 12 }), { maxLength: 5 });
  await fc.assert(fc.asyncProperty(files, fc.option(fc.nat({ max: 16 })), async (given, lines) => {
    const sorted = given.map((records) => records.toSorted(([a], [b]) => a - b));
    const texts = sorted.map((records) => records.map(([line, fails]) => fails ? error(line) : value(line)).join(""));
    const [kept, doubled, foreign]: [string[], Set<number>, Set<number>] = [[], new Set(), new Set()];
    const last = Math.max(0, ...sorted.flat().map(([line]) => line));
    const missing: number[] = [];
    for (let line = 1; line <= Math.max(last, lines ?? 0); line++) {
      const of = sorted.map((records) => records.filter(([other]) => other === line));
      const owner = of.findIndex((records) => records.length > 0);
      const isExpected = lines === null || line <= lines;
      if (owner === -1) {
        if (isExpected) missing.push(line);
        continue;
      }
      if (!isExpected) {
        foreign.add(line);
        continue;
      }
      const end = of[owner].findIndex(([, fails]) => fails);
      const own = end === -1 ? of[owner] : of[owner].slice(0, end + 1);
      kept.push(...own.map(([, fails]) => fails ? error(line) : value(line)));
      if (own.length < of.flat().length) doubled.add(line);
    }
    const result = await gathered(texts, lines === null ? {} : { input: upTo(lines) });
    assertEquals(result.written, kept.join(""));
    assertEquals([linesOf(result.doubled), linesOf(result.foreign)], [[...doubled], [...foreign]]);
    assertEquals(linesOf(result.missing), missing);
  }));
});
