import { assertEquals } from "@std/assert";
import { itemRemedies } from "../../../lib/cli/job/remedies.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { ItemContext, type ItemSignal } from "../../../lib/exec/slot/item_context.ts";
import { ItemEnds } from "../../../lib/exec/slot/item_ends.ts";
import type { Outbox } from "../../../lib/exec/slot/outbox.ts";
import type { HintOf } from "../../../lib/exec/slot/retry_hint.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import {
  assignItem,
  blockLength,
  cancelItem,
  isRunning,
  startItem,
  viewBlock,
  writeFrame,
} from "../../../lib/exec/wire/block.ts";
import { CodedError } from "../../../lib/exec/wire/error_record.ts";
import type { ItemNumber } from "../../../lib/exec/wire/numbers.ts";
import { controlWord, type Format, recordKind } from "../../../lib/exec/wire/protocol.ts";
import { KeptMap } from "../../../lib/natives.ts";
import { n } from "../numbers.ts";

const kindNames = Object.fromEntries(Object.entries(recordKind).map(([name, kind]) => [kind, name]));

/** The ends of two items, that run. */
function twoItems(format: Partial<Format> = {}, hintOf?: HintOf) {
  const seen: string[] = [];
  const outbox = {
    itemEnded: ({ item }: StartedItem) => void seen.push(`${item} has ended`),
    addOk: (item: number, text: string) => void seen.push(`ok ${item}: ${text.trimEnd()}`),
    add: (kind: number, item: number, text: string) => void seen.push(`${kindNames[kind]} ${item}: ${text.trimEnd()}`),
    addHint: (item: number, ms: number) => void seen.push(`hint ${item}: ${ms}`),
  };
  const control = new Int32Array(controlWord.length);
  control[controlWord.limitMs] = 70;
  const signals = new KeptMap<ItemNumber, ItemSignal>();
  const generation = n<never>(1);
  const ends = new ItemEnds({
    format: { ...valueFormat("json", "json"), ...format },
    generation,
    control,
    outbox: outbox as unknown as Outbox,
    signals,
    flush: () => void seen.push("flush"),
    hintOf,
  });
  const block = viewBlock(new SharedArrayBuffer(blockLength(2, 0)), 2);
  const started = [0, 1].map((place) => {
    writeFrame(block, n(place), n(1), 0, 0, n(place));
    assignItem(block, n(place), generation);
    startItem(block, n(place), n(1), generation, 0);
    return new StartedItem({ block, use: n(1) }, n(place), n(place), n(21 + place), 0);
  });
  const signalOf = (started: StartedItem) =>
    new ItemContext({ index: 0, thread: 0, state: 0 }, { generation, control, signals }, started).signal;
  const areRunning = () => [0, 1].map((place) => isRunning(block, n(place), n(1), generation));
  return { ends, started, seen, block, signals, signalOf, areRunning };
}

/** The error in a record. */
function errorIn(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf("{"))).error;
}

Deno.test("item ends: an item has one end, the first; the table says that it has ended, and no other", () => {
  const { ends, started: [first, second], seen, areRunning } = twoItems();
  ends.succeed(first, "a");
  assertEquals([areRunning(), first.ended, second.ended], [[false, true], true, false]);
  ends.succeed(first, "b");
  ends.fail(first, new Error("c"));
  ends.exhaust(first);
  ends.exhaust(second);
  assertEquals(areRunning(), [false, false]);
  ends.exhaust(second);
  assertEquals(seen, ["0 has ended", 'ok 0: "a"', "1 has ended", "end 1: "]);
});

Deno.test("item ends: once it is closed nothing ends: main reads in the table what had started", () => {
  const { ends, started: [first, second], seen, areRunning } = twoItems();
  ends.closed = true;
  ends.succeed(first, "a");
  ends.exhaust(first);
  ends.fail(second, new Error("b"));
  assertEquals([seen, areRunning(), first.ended, second.ended], [[], [true, true], false, false]);
});

Deno.test("item ends: a value without a record is the item's error", () => {
  const { ends, started: [first], seen } = twoItems();
  ends.succeed(first, 1n);
  const [ended, record] = seen;
  assertEquals([ended, record.slice(0, 9)], ["0 has ended", "error 0: "]);
  assertEquals((errorIn(record) as { code: string }).code, "result-not-json");
});

Deno.test("item ends: an error after values is a late one; one leaves at once where somebody waits for it", () => {
  for (const errorsAtOnce of [false, true]) {
    const { ends, started: [first, second], seen } = twoItems({ errorsAtOnce });
    first.yielded = true;
    ends.fail(first, "a");
    ends.fail(second, "b");
    const record = (line: number, text: string) =>
      `{"line":${line},"error":{"name":"Error","message":"thrown: ${text}"}}`;
    const flush = errorsAtOnce ? ["flush"] : [];
    assertEquals(seen, [
      ...["0 has ended", `lateError 0: ${record(21, "a")}`, ...flush],
      ...["1 has ended", `error 1: ${record(22, "b")}`, ...flush],
    ]);
  }
});

Deno.test("item ends: whatever a cancelled item throws, it took too long", () => {
  const { ends, started: [first, second], seen, block } = twoItems();
  cancelItem(block, n(0));
  ends.fail(first, new TypeError("aborted"));
  ends.fail(second, new TypeError("its own"));
  assertEquals(seen.filter((text) => text.startsWith("error")).map(errorIn), [
    { name: "TimeoutError", message: "took longer than 70 ms", code: "timeout" },
    { name: "TypeError", message: "its own" },
  ]);
});

Deno.test("item ends: errors with a remedy end in it", () => {
  const remedies = { ...itemRemedies("\n"), "not-json": "say it in JSON" };
  const denial = 'Requires read access to "/a", run again with the --allow-read flag';
  const explained = 'needs read access to "/a": add --allow-read=/a (or --allow-read)';
  const cases: readonly (readonly [unknown, unknown])[] = [
    [new CodedError("SyntaxError", "not JSON", "not-json"), {
      name: "SyntaxError",
      message: "not JSON; say it in JSON",
      code: "not-json",
    }],
    [new CodedError("TypeError", "not UTF-8", "not-utf8"), {
      name: "TypeError",
      message: remedies["not-utf8"] === undefined ? "not UTF-8" : `not UTF-8; ${remedies["not-utf8"]}`,
      code: "not-utf8",
    }],
    [new Deno.errors.NotCapable(denial), { name: "NotCapable", message: explained, code: "denied" }],
    [new TypeError(denial), { name: "TypeError", message: explained, code: "denied" }],
    [new RangeError(denial), { name: "RangeError", message: denial }],
    [new ReferenceError("React is not defined"), {
      name: "ReferenceError",
      message: `React is not defined: ${remedies.react}`,
    }],
    [new ReferenceError("x is not defined"), { name: "ReferenceError", message: "x is not defined" }],
  ];
  for (const [thrown, expected] of cases) {
    const { ends, started: [first], seen } = twoItems({ remedies });
    ends.fail(first, thrown);
    assertEquals(errorIn(seen[1]), expected);
  }
});

Deno.test("item ends: an item's signal goes with it; if its code runs on, it aborts, and no other does", () => {
  const { ends, started: [first, second], signals, signalOf, block } = twoItems();
  const [one, other] = [signalOf(first), signalOf(second)];
  first.abandoned = true;
  ends.fail(first, "a");
  assertEquals([`${one.reason}`, other.aborted, signals.size], ["AbortError: the item has failed", false, 1]);
  ends.succeed(second, "b");
  cancelItem(block, n(1)); // the place is another item's by now
  assertEquals([other.aborted, signals.size], [false, 0]);
});

Deno.test("item ends: what an error says of a retry goes with its record, and why there is none is in its message", () => {
  const asked: unknown[] = [];
  const hints = [{ afterMs: 30 }, { afterMs: -1, why: "it asks for too much" }];
  const { ends, started: [first, second], seen } = twoItems({}, (thrown, name) => {
    asked.push([thrown, name]);
    return hints.shift();
  });
  const [busy, full] = [new RangeError("busy"), new Error("full")];
  ends.fail(first, busy);
  ends.fail(second, full);
  assertEquals(asked, [[busy, "RangeError"], [full, "Error"]]);
  assertEquals(seen.filter((text) => text.startsWith("hint")), ["hint 0: 30", "hint 1: -1"]);
  assertEquals(errorIn(seen[1]), { name: "RangeError", message: "busy" });
  assertEquals(errorIn(seen[4]), { name: "Error", message: "full; it asks for too much" });
});

Deno.test("item ends: an item that took too long has our error: what it threw says nothing of a retry", () => {
  const asked: unknown[] = [];
  const { ends, started: [first], block } = twoItems({}, (thrown, name) => void asked.push([thrown, name]));
  cancelItem(block, n(0));
  ends.fail(first, new Error("aborted"));
  assertEquals(asked, [[undefined, "TimeoutError"]]);
});
