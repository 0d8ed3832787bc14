import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { firstUnequalItem, openOutputCheck, Records } from "../../lib/bench/outputs.ts";
import { corners } from "../../lib/bench/corners.ts";
import { TandemError } from "../../lib/errors.ts";
import type { Cell } from "../../lib/model/grid.ts";

const [serial, tasks, threads] = corners(2, 8);
const encoder = new TextEncoder();

/** The entrant of a cell. */
const of = (cell: Cell) => ({ id: cell.mode, cell });

function records(...runs: (readonly [kind: "ok" | "value" | "end", text: string])[]): Records {
  const all = new Records((place) => place);
  for (const [kind, text] of runs) all.add({ kind, first: 0, items: 1, bytes: encoder.encode(text) });
  return all;
}

Deno.test("outputs: how records are split into deliveries does not matter", async () => {
  const check = await openOutputCheck();
  check.check(records(["ok", "1\n2\n"], ["ok", "3\n"]), of(serial));
  check.check(records(["ok", "1\n"], ["ok", "2\n3\n"]), of(threads));
  assertEquals(check.digest?.length, 64);
});

Deno.test("outputs: records are copied, because their memory is used again", async () => {
  const check = await openOutputCheck();
  const [all, bytes] = [new Records((place) => place), encoder.encode("1\n")];
  all.add({ kind: "ok", first: 0, items: 1, bytes });
  bytes.fill(0);
  check.check(all, of(serial));
  check.check(records(["ok", "1\n"]), of(threads));
});

Deno.test("outputs: the error shows the first difference", async () => {
  const check = await openOutputCheck();
  check.check(records(["ok", "1\n2\n3\n"]), of(serial));
  const error = assertThrows(() => check.check(records(["ok", "1\n4\n5\n"]), of(threads)), TandemError);
  assertMatch(error.message, /item 2 gave 2 in serial 1×1 and 4 in threads 2×1$/);
  assertEquals(error.exitCode, 1);
});

Deno.test("outputs: the same values, spread differently over the items of a generator, are a difference", async () => {
  const check = await openOutputCheck();
  check.check(records(["value", "1\n2\n"], ["end", ""], ["end", ""]), of(serial));
  const other = records(["value", "1\n"], ["end", ""], ["value", "2\n"], ["end", ""]);
  const { message } = assertThrows(() => check.check(other, of(tasks)), TandemError);
  assertMatch(message, /item 1 gave 1, 2 in serial 1×1 and 1 in tasks 1×8/);
});

Deno.test("outputs: runs share their memory, and a difference to the first one is still found", async () => {
  const check = await openOutputCheck();
  const run = (...texts: readonly string[]) => {
    const taken = check.records((place) => place);
    for (const text of texts) taken.add({ kind: "ok", first: 0, items: 1, bytes: encoder.encode(text) });
    check.check(taken, of(serial));
    return taken.memory;
  };
  const memory = run("1\n", "2\n", "3\n");
  assert(run("1\n2\n", "3\n") === memory);
  const { message } = assertThrows(() => run("1\n2\n", "4\n"), TandemError);
  assertMatch(message, /item 3 gave 3 in serial 1×1 and 4 in a later run of serial 1×1$/);
});

Deno.test("records: of any size, in memory that was reserved, or is too small", () => {
  const texts = Array.from({ length: 100 }, (_, i) => `${i}`.repeat(50 * i));
  for (const reserved of [0, 100, 1_000_000]) {
    const all = new Records((place) => place, new Uint8Array(1));
    all.reserve(reserved);
    for (const text of texts) all.add({ kind: "ok", first: 0, items: 1, bytes: encoder.encode(text) });
    assertEquals(new TextDecoder().decode(all.bytes), texts.join(""));
    assertEquals(all.memory.length >= reserved, true);
  }
});

Deno.test("records: their memory is kept as long as it is enough, and then grows by leaps", () => {
  const memory = new Uint8Array(8);
  const all = new Records((place) => place, memory);
  const add = (text: string) => all.add({ kind: "ok", first: 0, items: 1, bytes: encoder.encode(text) });
  all.reserve(8);
  add("1234567\n"); // it is full
  assert(all.memory === memory);
  const memories = new Set<Uint8Array>();
  for (let line = 0; line < 10_000; line++) {
    add("\n");
    memories.add(all.memory);
  }
  assert(memories.size > 1 && memories.size < 20, `${memories.size}`);
  assertEquals(all.bytes.length, 10_008);
});

Deno.test("firstUnequalItem: also if one run gave less", () => {
  assertEquals(firstUnequalItem("1\n2\n", "1\n"), { item: 1, a: "2", b: "" });
  assertEquals(firstUnequalItem("1\n", "1\n2\n"), { item: 1, a: "", b: "2" });
});
