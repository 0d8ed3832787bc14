import { assertEquals } from "@std/assert";
import type { PoolEvent } from "../../../lib/exec/pool/run_options.ts";
import { numbers } from "../inline_job.ts";
import { eagerClock } from "./clocks.ts";
import { type AbilityName, isAble } from "./abilities.ts";
import { openDesk } from "./desk.ts";
import { type Stage, summary } from "./stage.ts";

/** Ways in which a waiting item can cause an uncaught error: each as the job's source, with `error` to be thrown. */
const ways: readonly (readonly [name: string, code: string, needs?: AbilityName])[] = [
  ["a timer that throws", "setTimeout((e) => { throw e; }, 1, error);"],
  ["a timer, set after a wait", "await undefined; setTimeout(() => { throw error; });"],
  ["a timer that a timer set", "setTimeout(() => setTimeout(() => { throw error; }));"],
  ["an interval", "const id = setInterval(() => { clearInterval(id); throw error; }, 1);"],
  ["setImmediate", "setImmediate(() => { throw error; });"],
  ["a microtask", "queueMicrotask(() => { throw error; });"],
  ["process.nextTick", "process.nextTick(() => { throw error; });"],
  ["a rejection", "Promise.reject(error);", "ownRejections"],
  ["a rejection, after a wait", "void (async () => { await undefined; throw error; })();", "ownRejections"],
  ["a rejection by a timer", "new Promise((_, reject) => setTimeout(reject, 1, error));", "ownRejections"],
  [
    "a listener",
    `const target = new EventTarget();
     target.addEventListener("x", () => { throw error; });
     setTimeout(() => target.dispatchEvent(new Event("x")));`,
  ],
  [
    "a message to it",
    "const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port1.close(); throw error; }; port2.postMessage(1);",
    "ownMessages",
  ],
  ["reportError", "reportError(error);", "reportError"],
  ["an error event that it makes", 'self.dispatchEvent(new ErrorEvent("error", { error }));', "errorEvents"],
];

/** An uncaught error is attributed to the item that caused it, and to no other. */
export function testLateErrors(stage: Stage): void {
  for (const [name, code, needs] of ways) {
    stage.test(`${name}: the item that caused it fails; other items and the thread go on`, async () => {
      await using desk = openDesk();
      const job = `${desk.code}
        let count = 0; // of this thread
        export default async (i) => {
          count++;
          if (i === 3) return count;
          if (i !== 1) return await tell("here"), i;
          const error = new RangeError("too late");
          ${code}
          await new Promise(() => {});
        }`;
      const setting = { threads: 1, tasks: 3, permissions: desk.permissions };
      await stage.pool(job, setting, async ({ run }) => {
        const outcomes = run(numbers(4), { ordered: false });
        const first = outcomes.next();
        const visits = [await desk.next(), await desk.next()];
        const error = { name: "RangeError", message: "too late" };
        assertEquals((await first).value, { kind: "error", index: 1, error });
        assertEquals((await outcomes.next()).value, { kind: "ok", index: 3, value: 4 });
        for (const visit of visits) visit.goOn();
        assertEquals(summary(await Array.fromAsync(outcomes)).toSorted(), [0, 2]);
      });
    }, needs && [needs]);
  }

  stage.test("an error after its item's end is a pool event with the line, and harms nothing", async () => {
    await using desk = openDesk();
    const late: readonly string[] = [
      'setTimeout(() => { throw new TypeError("by a timer"); })',
      'setInterval(() => { throw new TypeError("by an interval"); }, 1)', // reported once
      'Promise.reject(new TypeError("by a promise"))',
    ];
    const job = `${desk.code}
      let count = 0;
      export default (i) => {
        count++;
        ${late.map((code, at) => `if (i === ${at}) { ${code}; return i; }`).join("\n")}
        return tell("here").then(() => count);
      }`;
    const news: PoolEvent[] = [];
    const heard = Promise.withResolvers<void>();
    const onNews = (event: PoolEvent) => {
      if (news.push(event) === late.length) heard.resolve();
    };
    const outcomes = stage.outcomes(job, numbers(4), { threads: 1, permissions: desk.permissions }, {
      onEvent: onNews,
    });
    const visit = await desk.next();
    await heard.promise;
    visit.goOn();
    assertEquals(summary(await outcomes), [0, 1, 2, 4]);
    assertEquals(news.map((event) => event.kind === "uncaught" && `${event.line} ${event.message}`).toSorted(), [
      "1 TypeError: by a timer",
      "2 TypeError: by an interval",
      `${isAble(stage.runtime, "ownRejections") ? 3 : undefined} TypeError: by a promise`,
    ]);
  });

  stage.test("an error of an unknown item, when nothing runs, is a pool event, and the thread goes on", async () => {
    const job = `
      let count = 0;
      const doom = Promise.withResolvers();
      doom.promise.then(() => { throw new Error("nobody's"); });
      export default (i) => {
        doom.resolve();
        return ++count;
      }`;
    await stage.pool(job, { threads: 1 }, async ({ run, heard }) => {
      const late = heard("uncaught");
      assertEquals(summary(await Array.fromAsync(run([0]))), [1]);
      await late;
      assertEquals(summary(await Array.fromAsync(run([0]))), [2]);
    });
  });

  stage.test("an item with an uncaught error: its later results are ignored, and its place is freed once", async () => {
    const job = `
      const { promise, resolve } = Promise.withResolvers();
      let active = 0, most = 0;
      export default async (i) => {
        if (i === 0) {
          setTimeout(() => { throw new Error("too late"); });
          return await promise;
        }
        most = Math.max(most, ++active);
        resolve("ignored");
        await new Promise((resolve) => setTimeout(resolve));
        active--;
        return i < 19 ? i : most;
      }`;
    const seen = await stage.outcomes(job, numbers(20), { threads: 1, tasks: 1 });
    assertEquals(summary(seen), ["Error", ...numbers(19).slice(1), 1]);
  });

  stage.test("an item with an uncaught error: its signal aborts, even if it is first read later", async () => {
    const job = `
      const names = [];
      let later;
      export default async (i, context) => {
        if (i === 2) return [...names, later.signal.reason.name];
        if (i === 0) context.signal.onabort = () => names.push(context.signal.reason.name);
        else later = context;
        setTimeout(() => { throw new Error("too late"); });
        await new Promise(() => {});
      }`;
    const seen = await stage.outcomes(job, numbers(3), { threads: 1 });
    assertEquals(summary(seen), ["Error", "Error", ["AbortError", "AbortError"]]);
  });

  stage.test("a generator with an uncaught error: its values stay, its finally runs, no more values come", async () => {
    const job = `
      let cleared = 0;
      const { promise, resolve } = Promise.withResolvers();
      export default async function* (i) {
        if (i === 1) {
          resolve();
          await new Promise((resolve) => setTimeout(resolve));
          return yield cleared;
        }
        try {
          yield "first";
          setTimeout(() => { throw new Error("too late"); });
          await promise;
          yield "more";
          yield "and more";
        } finally {
          cleared++;
        }
      }`;
    const seen = await stage.outcomes(job, numbers(2), { threads: 1 });
    assertEquals(summary(seen), ["first", "Error", 1, "(end)"]);
  });

  stage.test("an item with an uncaught error runs again if allowed, and its first attempt no longer counts", async () => {
    const job = `
      const first = Promise.withResolvers();
      let tries = 0;
      export default async () => {
        if (++tries === 1) {
          setTimeout(() => { throw new Error("too late"); });
          return await first.promise;
        }
        first.resolve("first");
        await new Promise((resolve) => setTimeout(resolve));
        return "second";
      }`;
    const seen = await stage.outcomes(job, [0], { threads: 1, clock: eagerClock([]) }, { retries: 1 });
    assertEquals(summary(seen), ["second"]);
  });

  stage.test("an error thrown by a listener of a failed item's signal is a pool event, and fails no other item", async () => {
    await using desk = openDesk();
    const job = `${desk.code} export default async (i, { signal }) => {
      if (i === 1) return await tell("here"), i;
      signal.onabort = () => { throw new Error("in a listener"); };
      setTimeout(() => { throw new Error("too late"); });
      await new Promise(() => {});
    }`;
    const { promise, resolve } = Promise.withResolvers<PoolEvent>();
    const setting = { threads: 1, tasks: 2, permissions: desk.permissions };
    const outcomes = stage.outcomes(job, numbers(2), setting, { onEvent: resolve });
    const visit = await desk.next();
    assertEquals(await promise, { kind: "uncaught", line: 1, message: "Error: in a listener" });
    visit.goOn();
    assertEquals(summary(await outcomes), ["Error", 1]);
  });
}
