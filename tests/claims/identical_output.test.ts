import { assert, assertEquals } from "@std/assert";
import { identicalOutput, testPairs } from "../../lib/claims/identical_output.ts";
import type { ListingsFound, Rounds } from "../../lib/claims/listing/found.ts";
import { listedProducers, type Producers } from "../../lib/claims/listing/listing_run.ts";
import { measureListings } from "../../lib/claims/listing/listings.ts";
import { taskIntervals } from "../../lib/streams/listing_17_41.ts";
import { map } from "../../lib/streams/map.ts";
import type { Producer } from "../../lib/streams/producer.ts";
import { compareItems } from "../../lib/streams/agreement.ts";
import { virtualClock } from "../virtual_clock.ts";
import { place, quickLab } from "./lab.ts";
import { idealMarks, printed } from "./listing/printed.ts";

const judge = (found: ListingsFound) => identicalOutput.judge(found, place);
const onFast = (fast: Rounds): ListingsFound => ({ fast, real: [], noReal: { kind: "left-out", effort: "quick" } });
/** So many rounds; in the first of them a thread prints this. */
const rounds = (count: number, thread = printed(), among = count) =>
  Array.from({ length: count }, (_, i) => ({ task: printed(), thread: i < among ? thread : printed() }));

Deno.test("identical-output: at the borders of the judge", () => {
  const marks = (count: number, ones: number) => Array.from({ length: count }, (_, i) => Number(i < ones));
  const cases: readonly (readonly [number, number, number, string])[] = [
    [5, 5, 0, "too-few-rounds"],
    [6, 0, 0, "holds"],
    [6, 6, 0, "fails"],
    [40, 1, 0, "not-significant"],
    [40, 5, 0, "not-significant"],
    [40, 6, 0, "fails"],
    [40, 6, 6, "holds"], // the same rounds: it was the first task that differed
    [40, 8, 8, "holds"],
    [40, 9, 9, "control-failed"],
    [40, 0, 9, "control-failed"],
    [40, 40, 9, "fails"],
  ];
  for (const [count, pairs, controls, expected] of cases) {
    const test = testPairs(marks(count, pairs), marks(count, controls));
    assert(test.kind === "counted" || test.kind === "open");
    const found = test.kind === "open" ? test.reason.kind : test.holds ? "holds" : "fails";
    assertEquals([count, pairs, controls, found], [count, pairs, controls, expected]);
  }
});

Deno.test("identical-output: items of one moment may change places; lost or other items and stderr count", () => {
  const verdicts = [
    printed(),
    printed("1 a E b 2 c E d e 3 E f g 4 E h i E 5 j"),
    printed("1 a E b c 2 d e 3 E f g E 4 h i E j 5 6"),
    printed("1 a E b c 2 E d e 4 E f g E 5 h i E j 6"),
    printed(idealMarks, { unsent: 2001 }),
    printed(idealMarks, { backlog: 1800 }),
  ].map((thread) => judge(onFast(rounds(8, thread))).test);
  assertEquals(verdicts.map((test) => test.kind === "counted" && test.holds), [true, true, false, false, false, true]);
});

Deno.test("identical-output: the evidence counts runs that printed the book's items, and pairs that agree", () => {
  const lost = printed("1 a b c 2 E d e 3 E f g E 4 h i E j 5 6", { unsent: 7 });
  const { evidence } = judge({ fast: rounds(6), real: rounds(6, lost, 2), noReal: null });
  const counts = Object.entries({ tasks: evidence.tasks, threads: evidence.threads, ...evidence.quantities })
    .map(([name, quantity]) => `${name} ${quantity?.value}/${quantity?.of}`);
  assertEquals(counts, [
    "tasks 12/12",
    "threads 10/12",
    "same 10/12",
    "control 12/12",
    "threadUnsent 2/12",
    "taskUnsent 0/12",
    "real 6/12",
  ]);
});

Deno.test("identical-output: really run, a task prints the book's items, and a thread says what it could not send", async () => {
  const { fast, real, noReal } = await measureListings(quickLab());
  assert(fast.length >= 6);
  assertEquals([real, noReal], [[], { kind: "left-out", effort: "quick" }]);
  for (const { task, thread } of fast) {
    assertEquals(compareItems(task.items, printed().items).difference, "");
    assertEquals([task.items.length, thread.items.length], [20, 20]);
    assert(task.unsent === null && thread.unsent !== null);
  }
  const { test } = judge(onFast(fast));
  assertEquals(test, { kind: "counted", holds: false });
});

/** Intervals of a task on the clock of the run, with fewer ticks. */
const every20Ms: Producers[keyof Producers] = (clock) => taskIntervals(20, clock);

function withThread(thread: Producers["thread"]): Promise<ListingsFound> {
  const lab = quickLab({ clock: virtualClock() });
  return measureListings(lab, { task: every20Ms, thread });
}

Deno.test("identical-output: a thread that ends without a word turns the verdict", async () => {
  const found = await withThread(every20Ms);
  assertEquals(judge(found).test, { kind: "counted", holds: true });
});

Deno.test("identical-output: a thread that drops a value turns it too", async () => {
  const found = await withThread((clock) => {
    const producer = taskIntervals(20, clock);
    return { ...producer, items: map(producer.items, (value) => value < 3 ? value : value + 1) } satisfies Producer<
      number
    >;
  });
  const { test, evidence } = judge(found);
  assertEquals([test, evidence.quantities.same.value], [{ kind: "counted", holds: false }, 0]);
});

Deno.test("identical-output: stopped, it leaves no thread", async () => {
  const stop = new AbortController();
  const opened: Producer<number>[] = [];
  const producers: Producers = {
    ...listedProducers,
    async thread(clock) {
      const producer = await listedProducers.thread(clock);
      opened.push(producer);
      stop.abort(new Error("enough"));
      return producer;
    },
  };
  const step = () => Promise.resolve(stop.signal.throwIfAborted());
  const error = await measureListings(quickLab({ signal: stop.signal, step }), producers).catch(({ message }) =>
    message
  );
  assertEquals([error, opened.length], ["enough", 1]);
  await opened[0].ended;
});
