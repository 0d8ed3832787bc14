import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { PoolEvent } from "../../../lib/exec/pool/run_options.ts";
import { numbers } from "../inline_job.ts";
import { heldClock } from "./clocks.ts";
import { openDesk } from "./desk.ts";
import { type Stage, summary } from "./stage.ts";

/** Ways in which a job can notice its cancellation; each gives the name of the reason. `told`: it is listening. */
const noticing: readonly (readonly [name: string, code: (told: string) => string])[] = [
  ["a loop that never yields, by aborted", (told) => `${told} while (!signal.aborted); return signal.reason.name;`],
  [
    "a loop that never yields, by throwIfAborted",
    (told) => `${told} try { for (;;) signal.throwIfAborted(); } catch (error) { return error.name; }`,
  ],
  [
    "a task that waits, by the event",
    (told) => `
      const aborted = new Promise((go) => signal.addEventListener("abort", go));
      ${told}
      await aborted;
      return signal.reason.name;`,
  ],
  [
    "a task that waits, by a signal that follows it",
    (told) => `
      const any = AbortSignal.any([signal]);
      const aborted = new Promise((go) => any.onabort = go);
      ${told}
      await aborted;
      return any.reason.name;`,
  ],
];

/** Items and runs that are ended from outside: signals, time limits, stolen items. */
export function testLimits(stage: Stage): void {
  for (const [name, code] of noticing) {
    stage.test(`time limit: ${name}, sees it`, async () => {
      const job = `export default async (i, { signal }) => { if (i > 0) return i; ${code("")} }`;
      const seen = await stage.outcomes(job, numbers(10), { threads: 1 }, { timeoutMs: 20 });
      assertEquals(summary(seen), ["TimeoutError", ...numbers(10).slice(1)]);
      assertEquals(seen[0].kind, "ok", "it ended by itself");
    });

    stage.test(`a stopped run: ${name}, sees it`, async () => {
      await using desk = openDesk();
      const stop = new AbortController();
      const job = `${desk.code} export default async (i, { signal }) => { ${code('note("here");')} }`;
      const setting = { threads: 1, permissions: desk.permissions, signal: stop.signal };
      const outcomes = stage.outcomes(job, [0], setting);
      await desk.noted();
      stop.abort();
      assertEquals(summary(await outcomes), ["AbortError"]);
    });
  }

  stage.test("time limit: an item that stops because of its signal is distinguished from one that fails by itself", async () => {
    const job = `export default async (i, { signal }) => {
      if (i === 0) await new Promise((_, reject) => signal.onabort = () => reject(signal.reason));
      throw new RangeError("by itself");
    }`;
    const seen = await stage.outcomes(job, [0, 1], { threads: 1 }, { timeoutMs: 20 });
    assertEquals(summary(seen), ["TimeoutError", "RangeError"]);
    assert(seen[0].kind === "error");
    assertStringIncludes(seen[0].error.message, "took longer than");
  });

  stage.test("time limit: the item's signal aborts, those of other items do not", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default async (i, { signal }) => {
      if (i === 1) {
        await new Promise((go) => signal.onabort = go);
        return "aborted";
      }
      if (i > 3) await tell("here");
      return signal.aborted;
    }`;
    const setting = { threads: 1, tasks: 2, permissions: desk.permissions };
    const outcomes = stage.outcomes(job, numbers(6), setting, { timeoutMs: 200, ordered: false });
    (await desk.next()).goOn();
    (await desk.next()).goOn();
    const seen = (await outcomes).toSorted((a, b) => a.index - b.index);
    assertEquals(summary(seen), [false, "aborted", false, false, false, false]);
  });

  stage.test("time limit: a stuck thread is abandoned, and items that it had not started run elsewhere", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default (i) => {
      note("" + i);
      if (i === 2) blockUntilOpen();
      return i;
    }`;
    const news: string[] = [];
    const options = { timeoutMs: 100, steal: false, onEvent: ({ kind }: PoolEvent) => void news.push(kind) };
    const setting = { threads: 1, tasks: 1, permissions: desk.permissions };
    const seen = await stage.outcomes(job, numbers(100), setting, options);
    assertEquals(summary(seen), numbers(100).map((i) => i === 2 ? "TimeoutError" : i));
    assert(seen[2].kind === "error");
    assertEquals(seen[2].error.message, "took longer than 100 ms");
    assertEquals([desk.notes().length, news], [100, ["killed", "restart"]]);
  });

  stage.test("time limit: several items that never end in one thread fail together, and none runs twice", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default (i) => {
      note("" + i);
      return i < 3 ? new Promise(() => {}) : i;
    }`;
    const setting = { threads: 1, tasks: 4, permissions: desk.permissions };
    const seen = await stage.outcomes(job, numbers(20), setting, { timeoutMs: 100 });
    assertEquals(summary(seen), numbers(20).map((i) => i < 3 ? "TimeoutError" : i));
    assertEquals(desk.notes().length, 20);
  });

  const blockers = [
    ["before its first wait", 'if (i === 2) { note("2"); blockUntilOpen(); }', 1],
    ["after a wait", 'if (i === 2) { await null; note("2"); blockUntilOpen(); }', 2],
  ] as const;
  for (const [when, code, runs] of blockers) {
    stage.test(`time limit: an item that blocks its thread ${when} fails alone; those that waited beside it run again`, async () => {
      await using desk = openDesk();
      const job = `${desk.code} export default async (i) => {
        ${code}
        if (i > 2) return i;
        note("" + i);
        await new Promise((go) => setTimeout(go, 1));
        return i;
      }`;
      const news: string[] = [];
      const options = { timeoutMs: 400, onEvent: ({ kind }: PoolEvent) => void news.push(kind) };
      const setting = { threads: 1, tasks: 4, permissions: desk.permissions };
      const seen = await stage.outcomes(job, numbers(6), setting, options);
      assertEquals(summary(seen), [0, 1, "TimeoutError", 3, 4, 5]);
      const ran = [0, 1, 2].map((i) => desk.notes().filter((note) => note === `${i}`).length);
      assertEquals(ran, [2, 2, runs], "an item whose call blocks is known at once; the others are tried one by one");
      assertEquals(news, Array.from({ length: runs }, () => ["killed", "restart"]).flat());
    });
  }

  stage.test("time limit: only the item that never ends is abandoned; the others in its thread go on", async () => {
    await using desk = openDesk();
    const cancelled = Promise.withResolvers<void>();
    async function* items() {
      yield "stuck";
      await cancelled.promise;
      yield "young";
      yield "next";
    }
    const job = `${desk.code} export default async (item, { signal }) => {
      note(item);
      if (item === "stuck") {
        signal.onabort = () => tell("cancelled");
        await new Promise(() => {});
      }
      if (item === "young") await tell(item);
      return item;
    }`;
    const news: PoolEvent[] = [];
    const options = { timeoutMs: 1_000, ordered: false, onEvent: (one: PoolEvent) => void news.push(one) };
    await stage.pool(job, { threads: 1, tasks: 2, permissions: desk.permissions }, async ({ run }) => {
      const outcomes = run(items(), options);
      const first = outcomes.next();
      assertEquals((await desk.next()).text, "cancelled");
      cancelled.resolve();
      const young = await desk.next();
      const [stuck, next] = [(await first).value!, (await outcomes.next()).value!];
      assertEquals(summary([stuck, next]), ["TimeoutError", "next"], "its place is free");
      young.goOn();
      assertEquals(summary([(await outcomes.next()).value!]), ["young"]);
      assertEquals((await outcomes.next()).done, true);
    });
    assertEquals([desk.notes(), news], [["stuck", "young", "next"], []]);
  });

  stage.test("time limit: an item that took too long runs again if allowed, with the same limit", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default (i) => {
      note("" + i);
      return i === 1 ? new Promise(() => {}) : i;
    }`;
    const setting = { threads: 1, permissions: desk.permissions };
    const seen = await stage.outcomes(job, [0, 1, 2], setting, { timeoutMs: 50, retries: 2 });
    assertEquals(summary(seen), [0, "TimeoutError", 2]);
    assertEquals(desk.notes().filter((note) => note === "1").length, 3);
  });

  stage.test("time limit: an item's time begins when it starts, not when it is sent", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default async (i) => {
      if (i === 1) for (const end = performance.now() + 30; performance.now() < end;);
      await tell("here");
    }`;
    await stage.pool(job, { threads: 1, permissions: desk.permissions }, async ({ run, oldest }) => {
      const outcomes = Array.fromAsync(run([0, 1, 2]));
      (await desk.next()).goOn();
      const second = await desk.next();
      assertEquals((await oldest())?.line, 2);
      const before = performance.now();
      second.goOn();
      const third = await desk.next();
      const found = await oldest();
      const most = performance.now() - before + 1; // a start is recorded in whole milliseconds
      assertEquals(found?.line, 3);
      assert(found !== undefined && found.ageMs <= most, `${found?.ageMs} ms, expected at most ${most}`);
      third.goOn();
      await outcomes;
      assertEquals(await oldest(), undefined);
    });
  });

  stage.test("a stopped run: ended items are delivered, nothing else starts, and a job that ignores it is abandoned", async () => {
    await using desk = openDesk();
    const stop = new AbortController();
    const { clock, endAll } = heldClock();
    const job = `${desk.code} export default async (i) => {
      note("" + i);
      if (i === 3) await tell("here").then(() => new Promise(() => {}));
      return i;
    }`;
    const setting = { threads: 1, permissions: desk.permissions, signal: stop.signal, clock };
    await stage.pool(job, setting, async ({ run }) => {
      const outcomes = run(numbers(1000));
      const seen = [await outcomes.next(), await outcomes.next(), await outcomes.next()];
      const rest = outcomes.next();
      await desk.next();
      stop.abort();
      endAll(); // the time in which running items may end is over
      assertEquals(summary(seen.map(({ value }) => value!)), [0, 1, 2]);
      assertEquals((await rest).done, true);
    });
    assertEquals(desk.notes(), ["0", "1", "2", "3"]);
  });

  stage.test("the other thread steals items that wait behind a stuck item", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default (i) => {
      if (i === 0) blockUntilOpen();
      return i;
    }`;
    await stage.pool(job, { threads: 2, permissions: desk.permissions }, async ({ run }) => {
      const outcomes = run(numbers(1001), { ordered: false });
      const seen = new Set<number>();
      while (seen.size < 1000) seen.add((await outcomes.next()).value!.index);
      assert(!seen.has(0));
      desk.open();
      assertEquals(summary([(await outcomes.next()).value!]), [0]);
      assertEquals((await outcomes.next()).done, true);
    });
  });
}
