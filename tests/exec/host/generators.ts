import { assert, assertEquals } from "@std/assert";
import { numbers } from "../inline_job.ts";
import { openDesk } from "./desk.ts";
import { type Stage, summary } from "./stage.ts";

/** A generator gives any number of values and then one end, and waits for its consumer. */
export function testGenerators(stage: Stage): void {
  for (const kind of ["sync", "async"]) {
    const star = kind === "sync" ? "function*" : "async function*";

    for (const [threads, tasks] of [[1, 1], [1, 4], [2, 3]]) {
      stage.test(`${kind} generators ${threads}x${tasks}: values, then the end, in order`, async () => {
        const job = `export default ${star} (i) { for (let k = 0; k < i % 50; k++) yield [i, k]; }`;
        const seen = await stage.outcomes(job, numbers(200), { threads, tasks });
        const expected = numbers(200).flatMap((index) => [
          ...numbers(index % 50).map((k) => ({ kind: "value", index, value: [index, k] })),
          { kind: "end", index },
        ]);
        assertEquals<unknown[]>(seen, expected);
      });
    }

    stage.test(`${kind} generators without an order: each item's values in its own order, then its end`, async () => {
      const job = `export default ${star} (i) { for (let k = 0; k < i % 50; k++) yield k; }`;
      const seen = await stage.outcomes(job, numbers(200), { threads: 2, tasks: 3 }, { ordered: false });
      for (const index of numbers(200)) {
        const own = seen.filter((outcome) => outcome.index === index);
        assertEquals(summary(own), [...numbers(index % 50), "(end)"]);
      }
    });

    stage.test(`${kind} generators: very many values`, async () => {
      const job = `export default ${star} (i) { for (let k = 0; k < 100_000; k++) yield k; }`;
      const seen = await stage.outcomes(job, [0, 1], { threads: 1, tasks: 2 });
      assertEquals(seen.length, 200_002);
      const expected = [...numbers(100_000), "(end)"];
      assertEquals(summary(seen).findIndex((value, i) => value !== expected[i % 100_001]), -1);
    });

    stage.test(`${kind} generators: values longer than all credit`, async () => {
      const job = `export default ${star} (i) {
        for (const mib of [1, 6, 0, 2]) yield String(i).repeat(mib * 1024 ** 2);
        yield "last";
      }`;
      for (const ordered of [true, false]) {
        const seen = await stage.outcomes(job, [1, 2, 3], { threads: 2, tasks: 2 }, { ordered });
        for (const index of [0, 1, 2]) {
          const own = summary(seen.filter((outcome) => outcome.index === index));
          const expected = [...[1, 6, 0, 2].map((mib) => `${index + 1}`.repeat(mib * 1024 ** 2)), "last", "(end)"];
          assert(own.length === expected.length && own.every((value, i) => value === expected[i]));
        }
      }
    });

    stage.test(`${kind} generators: one that throws gives its values so far, then the error`, async () => {
      const job = `export default ${star} (i) {
        for (let k = 0; k < i; k++) yield k;
        if (i < 3) throw new RangeError("enough");
      }`;
      const seen = await stage.outcomes(job, [0, 2, 3], { threads: 1 }, { retries: 0 });
      assertEquals(summary(seen), ["RangeError", 0, 1, "RangeError", 0, 1, 2, "(end)"]);
      assertEquals(seen[3], { kind: "error", index: 1, error: { name: "RangeError", message: "enough" } });
    });

    stage.test(`${kind} generators: one with a value that cannot be encoded is closed, and fails`, async () => {
      await using desk = openDesk();
      const job = `${desk.code} export default ${star} (i) {
        try {
          yield i;
          yield () => 1;
          yield i;
        } finally {
          note("closed " + i);
          throw new Error("not this one");
        }
      }`;
      const seen = await stage.outcomes(job, [5, 6], { threads: 1, permissions: desk.permissions });
      assertEquals(summary(seen), [5, "UnencodableError", 6, "UnencodableError"]);
      assertEquals(desk.notes(), ["closed 5", "closed 6"]);
    });

    stage.test(`${kind} generators: one goes on only as fast as its values are taken`, async () => {
      await using desk = openDesk();
      const job = `${desk.code}
        let made = 0;
        export default ${star} (kind) {
          if (kind === "many") {
            for (; made < 5_000; made++) yield "x".repeat(10_000);
            return;
          }
          ${kind === "sync" ? 'tell("" + made);' : "await tell('' + made);"}
          yield "told";
        }`;
      const setting = { threads: 1, tasks: 2, permissions: desk.permissions };
      await stage.pool(job, setting, async ({ run }) => {
        const outcomes = run(["many", "tell"], { ordered: false });
        assertEquals((await outcomes.next()).value?.kind, "value");
        const { text, goOn } = await desk.next(); // the first generator holds the thread until it waits or ends
        goOn();
        assert(Number(text) < 200, `${text} values were made, and one was taken`);
        let [count, ended] = [1, 0];
        for await (const { kind } of outcomes) kind === "end" ? ended++ : count++;
        assertEquals([count, ended], [5_001, 2]);
      });
    });

    stage.test(`${kind} generators: leaving early ends an endless one`, async () => {
      const job = `export default ${star} (i) { for (let k = 0;; k++) yield k; }`;
      await stage.pool(job, { threads: 2, tasks: 2 }, async ({ run }) => {
        let count = 0;
        for await (const outcome of run(numbers(10))) {
          assertEquals(outcome, { kind: "value", index: 0, value: count });
          if (++count === 1_000) break;
        }
      });
    });
  }

  stage.test("the item that all outcomes wait for starts even if paused generators occupy all tasks", async () => {
    const job = `
      let tried = false;
      export default function* (i) {
        if (i === 0 && !tried) {
          tried = true;
          throw new Error("not yet");
        }
        for (let k = 0; k < 20; k++) yield "x".repeat(65_000);
      }`;
    const seen = await stage.outcomes(job, numbers(6), { threads: 1, tasks: 2 }, { retries: 1 });
    const expected = numbers(6).flatMap((index) => [...numbers(20).map(() => ["value", index]), ["end", index]]);
    assertEquals(seen.map(({ kind, index }) => [kind, index]), expected);
  });

  stage.test("without an order, an async generator that waits for ever does not hold up others", async () => {
    const job = `export default async function* (i) { yield i; if (i === 0) await new Promise(() => {}); }`;
    await stage.pool(job, { threads: 1, tasks: 2 }, async ({ run }) => {
      let ended = 0;
      for await (const { kind } of run(numbers(101), { ordered: false })) if (kind === "end" && ++ended === 100) break;
    });
  });
}
