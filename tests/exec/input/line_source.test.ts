import { nextTurn } from "../../../lib/clock.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ByteReader } from "../../../lib/exec/input/byte_reader.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { LineCutter, type LineOptions } from "../../../lib/exec/input/line_cutter.ts";
import { lineSource, type LineSourceOptions } from "../../../lib/exec/input/line_source.ts";
import { endOf, startOf } from "../../../lib/exec/wire/block.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Inputs of these chunks; each read gives one of them, and an error is thrown. What was done with them is noted. */
function inputsOf(...inputs: readonly (readonly (string | Error)[])[]) {
  const [left, log, buffers] = [[...inputs], [] as string[], new Set<Uint8Array>()];
  const next = (): Promise<ByteReader | undefined> => {
    const chunks = left.shift();
    if (chunks === undefined) return Promise.resolve(undefined);
    const rest = [...chunks];
    log.push("open");
    return Promise.resolve({
      read(into) {
        const chunk = rest.shift();
        buffers.add(into);
        if (chunk instanceof Error) return Promise.reject(chunk);
        log.push(`read ${chunk?.trim() ?? "end"}`);
        if (chunk === undefined) return Promise.resolve(null);
        return Promise.resolve(new TextEncoder().encodeInto(chunk, into).written);
      },
      close: () => void log.push("close"),
    });
  };
  return { next, log, buffers };
}

function sourceOf(next: LineSourceOptions["next"], options: Partial<LineSourceOptions & LineOptions> = {}) {
  const blocks = new BlockStore();
  const cutter = new LineCutter({ separator: "\n", maxLine: 100, ...options });
  const source = lineSource({ cutter, next, holdsBack: options.holdsBack });
  const read = () => source.read(blocks);
  const items = () =>
    Array.from({ length: blocks.count }, (_, item) => {
      const [{ held: { block }, from }] = blocks.parts({ first: item, end: item + 1 });
      return decoder.decode(block.bytes.slice(startOf(block, from), endOf(block, from)));
    });
  return { ...source, read, items, lineOf: (item: number) => blocks.lineOf(item) };
}

Deno.test("line source: each read passes on a chunk's whole lines; numbers continue over all inputs", async () => {
  const { next, log } = inputsOf(["a\nb", "b\n\n", "c"], [], ["d\n"]);
  const { read, items, counts, lineOf } = sourceOf(next);
  const seen: string[] = [];
  while (await read()) seen.push(items().join());
  assertEquals(seen, ["a", "a,bb", "a,bb", "a,bb,c", "a,bb,c", "a,bb,c,d", "a,bb,c,d"]);
  assertEquals([lineOf(1), lineOf(2), lineOf(3)], [2, 4, 5]);
  assertEquals(counts(), { lines: 5, blank: 1, items: 4, bytes: 9, taken: 9 });
  assertEquals(log.filter((entry) => entry === "open" || entry === "close"), [
    "open",
    "close",
    "open",
    "close",
    "open",
    "close",
  ]);
});

Deno.test("line source: of compressed inputs it counts what was read of them when it was, before more is", async () => {
  const { next } = inputsOf(["a\n", "b\n"], ["cc\n"]);
  let compressed = 0;
  const opened = async (): Promise<ByteReader | undefined> => {
    const reader = await next();
    compressed = 0;
    return reader && { ...reader, read: (into) => (compressed += 10, reader.read(into)), taken: () => compressed };
  };
  const { read, counts } = sourceOf(opened);
  const seen: unknown[] = [];
  while (await read()) seen.push([counts().bytes, counts().taken]);
  assertEquals(seen, [[2, 10], [4, 20], [4, 20], [7, 30], [7, 30]]);
});

Deno.test("line source: tells of a line which input it is of, and which line of it; none is of an empty input", async () => {
  const placesOf = async (lines: readonly number[], ...inputs: readonly string[][]) => {
    const { read, placeOf } = sourceOf(inputsOf(...inputs).next);
    while (await read());
    return lines.map((line) => Object.values(placeOf(line)));
  };
  assertEquals(await placesOf([1, 2], ["a\n"], ["b\n"]), [[0, 1], [1, 1]]);
  assertEquals(await placesOf([1, 2, 3, 4, 5, 6], [], ["a\n", "\nb"], [], ["\n", "c\n"], ["d"]), [
    [1, 1],
    [1, 2],
    [1, 3],
    [3, 1],
    [3, 2],
    [4, 1],
  ]);
});

Deno.test("line source: the next chunk is being read, into other memory, while one is cut", async () => {
  const { next, log, buffers } = inputsOf(["a\n", "b\n", "c\n"]);
  const { read, items } = sourceOf(next);
  await read();
  assertEquals([items(), log], [["a"], ["open", "read a", "read b"]]);
  await read();
  assertEquals([items(), log.at(-1), buffers.size], [["a", "b"], "read c", 2]);
});

Deno.test("line source: at its limit it ends at once and closes its input", async () => {
  const { next, log } = inputsOf(["a\nb\nc\n", "d\n"], ["e\n"]);
  const { read, items } = sourceOf(next, { limit: 2 });
  assertEquals([await read(), items(), log.at(-1)], [false, ["a", "b"], "close"]);
  assertEquals([await read(), log.filter((entry) => entry === "open").length], [false, 1]);
  const none = inputsOf(["a\n"]);
  assertEquals([await sourceOf(none.next, { limit: 0 }).read(), none.log], [false, []]);
});

Deno.test("line source: closing it closes the open input, once", async () => {
  const { next, log } = inputsOf(["a\n", "b\n"]);
  const { read, close } = sourceOf(next);
  await read();
  close();
  close();
  assertEquals(log.filter((entry) => entry === "close").length, 1);
});

Deno.test("line source: what is held back is passed on together, when that is over", async () => {
  const { next, log } = inputsOf(["a\n", "b\n", "c\n", "d\n"]);
  const { read, items } = sourceOf(next, { holdsBack: () => !log.includes("read d") });
  assertEquals([await read(), items()], [true, ["a", "b", "c"]]); // d is being read meanwhile
  assertEquals([await read(), items()], [true, ["a", "b", "c", "d"]]);
});

Deno.test("line source: a limit does not end what is held back: all of it must be read", async () => {
  const { next, log } = inputsOf(["a\n", "b\n", "c\n", "d\n"]);
  const { read, items } = sourceOf(next, { limit: 1, holdsBack: () => !log.includes("read d") });
  assertEquals([await read(), items(), log.includes("read c")], [false, ["a"], true]);
});

Deno.test("line source: nothing that is held back is passed on if reading fails, or the input ends", async () => {
  const failing = inputsOf(["a\n", "b\n", new RangeError("changed")]);
  const { read, items } = sourceOf(failing.next, { holdsBack: () => true });
  await assertRejects(read, RangeError, "changed");
  assertEquals(items(), []);
  const short = inputsOf(["a\n"]);
  const ended = sourceOf(() => short.next().then((reader) => reader ?? Promise.reject(new RangeError("too short"))), {
    holdsBack: () => true,
  });
  await assertRejects(ended.read, RangeError, "too short");
  assertEquals(ended.items(), []);
});

Deno.test("line source: what was passed on before reading fails stays", async () => {
  const { next } = inputsOf(["a\n", "b\n", new RangeError("broken")]);
  const { read, items } = sourceOf(next);
  await read();
  assert(await read());
  await assertRejects(read, RangeError, "broken");
  assertEquals(items(), ["a", "b"]);
});

Deno.test("line source: each input may begin with a byte order mark", async () => {
  const { next } = inputsOf(["\ufeff1\n"], ["\ufeff2\n\ufeff3\n"]);
  const { read, items } = sourceOf(next);
  while (await read());
  assertEquals(items().map((text) => text.length), [1, 1, 2]);
});

Deno.test("line source: a read ahead that fails after the source was closed disturbs nobody", async () => {
  const { next } = inputsOf(["a\n", new RangeError("broken")]);
  const { read, close } = sourceOf(next);
  await read();
  close();
  await nextTurn(); // an unhandled rejection would fail this test
});
