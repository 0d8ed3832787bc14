import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { JobError } from "../../../lib/errors.ts";
import { numbers } from "../inline_job.ts";
import { openDesk } from "./desk.ts";
import { type Stage, summary, values } from "./stage.ts";

const fixtures = new URL("../../fixtures/", import.meta.url);

/** Every item gets its outcome, and only as many items as allowed run at once. */
export function testBasics(stage: Stage): void {
  // Node 20 loads no TypeScript.
  const square = stage.runtime !== "node" ? new URL("jobs/square.ts", fixtures) : "export default (i) => i * i;";
  for (const [threads, tasks] of [[1, 1], [1, 8], [3, 1], [2, 4]]) {
    stage.test(`${threads}x${tasks}: every item has its outcome, in order`, async () => {
      const seen = await stage.outcomes(square, numbers(3000), { threads, tasks });
      assertEquals(seen, numbers(3000).map((i) => ({ kind: "ok", index: i, value: i * i })));
    });

    stage.test(`${threads}x${tasks}: without an order each item has its outcome once`, async () => {
      const job = "export default async (i) => { if (i % 7 === 0) await undefined; return i * i; }";
      const seen = await stage.outcomes(job, numbers(3000), { threads, tasks }, { ordered: false });
      const sorted = seen.toSorted((a, b) => a.index - b.index);
      assertEquals(sorted, numbers(3000).map((i) => ({ kind: "ok", index: i, value: i * i })));
    });
  }

  stage.test("no items, no outcomes", async () => assertEquals(await stage.outcomes(square, []), []));

  stage.test("one run after the other, even after an empty one", async () => {
    await stage.pool(square, {}, async ({ run }) => {
      for (const count of [10, 0, 5000, 1]) {
        assertEquals(values(await Array.fromAsync(run(numbers(count)))), numbers(count).map((i) => i * i));
      }
    });
  });

  stage.test("items of any length, in and out", async () => {
    const texts = [0, 1, 600_000, 3, 5 * 1024 ** 2, 2, 100_000].map((length, i) => `${i}`.repeat(length));
    const job = "export default (text) => text + text";
    for (const tasks of [1, 4]) {
      const seen = values(await stage.outcomes(job, texts, { threads: 1, tasks }));
      assertEquals(seen.findIndex((value, i) => value !== texts[i] + texts[i]), -1);
      assertEquals(seen.length, texts.length);
    }
  });

  stage.test("after alternating long and short items there is still room for two at once", async () => {
    const lengths = numbers(150).map((i) => i % 3 === 0 ? 600_000 : 1);
    let ended = Promise.withResolvers<void>();
    async function* items() {
      for (const [i, length] of lengths.entries()) {
        yield "x".repeat(length);
        if (i % 3 === 1) continue; // the next item comes while this one runs
        await ended.promise;
        ended = Promise.withResolvers();
      }
      yield "pair";
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve)); // they come separately
      yield "pair";
    }
    const job = `
      let [waiting, go] = [0];
      const both = new Promise((resolve) => go = resolve);
      export default async (text) => {
        if (text === "pair" && ++waiting === 2) go();
        if (text === "pair") await both;
        return text.length;
      }`;
    await stage.pool(job, { threads: 1, tasks: 2 }, async ({ run }) => {
      const seen = [];
      for await (const outcome of run(items())) if (seen.push(outcome) % 3 !== 2) ended.resolve();
      assertEquals(values(seen), [...lengths, 4, 4]);
    });
  });

  stage.test("bytes in and out, even if the job writes to their memory again at once", async () => {
    const job = `
      const memory = new Uint8Array(200_000);
      export default (bytes) => {
        memory.fill(bytes[0]);
        return memory.subarray(0, bytes.length);
      }`;
    const items = [3, 1, 200_000, 1, 150_000, 70_000, 2].map((length, i) => new Uint8Array(length).fill(i));
    const setting = { threads: 1, input: "bytes", output: "bytes" } as const;
    assertEquals(values(await stage.outcomes(job, items, setting)), items);
  });

  stage.test("bytes of a task that has ended, while another task writes to their memory", async () => {
    const job = `
      const memory = new Uint8Array(200_000);
      let end;
      const ended = new Promise((resolve) => end = resolve);
      export default async (i) => {
        if (i === 1) await ended.then(() => new Promise((resolve) => setTimeout(resolve)));
        memory.fill(i);
        end();
        return memory;
      }`;
    const seen = values(await stage.outcomes(job, [0, 1], { threads: 1, tasks: 2, output: "bytes" })) as Uint8Array[];
    assertEquals(seen.map((bytes) => [bytes.length, ...new Set(bytes)]), [[200_000, 0], [200_000, 1]]);
  });

  stage.test("many small results, with results of several MiB among them", async () => {
    const job = "export default (i) => i % 5_000 === 4_999 ? 'x'.repeat(5 * 1024 ** 2) : i";
    const seen = values(await stage.outcomes(job, numbers(20_000)));
    assertEquals(seen.length, 20_000);
    const expected = (i: number) => i % 5_000 === 4_999 ? "x".repeat(5 * 1024 ** 2) : i;
    assertEquals(seen.findIndex((value, i) => value !== expected(i)), -1);
  });

  stage.test("an async job runs as many items at once as there are tasks, and not more", async () => {
    await using desk = openDesk();
    const job = `${desk.code}
      let [running, most] = [0, 0];
      export default async (i) => {
        most = Math.max(most, ++running);
        await (i < 4 ? tell("here") : undefined);
        running--;
        return most;
      }`;
    const setting = { threads: 1, tasks: 4, permissions: desk.permissions };
    const outcomes = stage.outcomes(job, numbers(50), setting);
    const visits = [];
    for (let i = 0; i < 4; i++) visits.push(await desk.next()); // all four are running before one may go on
    visits.forEach(({ goOn }) => goOn());
    assertEquals(values(await outcomes), numbers(50).map(() => 4));
  });

  stage.test("setup and teardown run once in each thread; the context has index, thread and state", async () => {
    await using desk = openDesk();
    const job = `${desk.code}
      export async function setup({ thread }) {
        await undefined;
        note("setup " + thread);
        return { thread, items: 0 };
      }
      export function teardown(state) {
        note("teardown " + state.thread + " " + (state.items > 0));
      }
      export default async (item, { index, thread, state }) => {
        state.items++;
        if (item < 2) await tell("here");
        return [item, index, thread === state.thread];
      }`;
    const outcomes = stage.outcomes(job, numbers(40), { permissions: desk.permissions });
    const visits = [await desk.next(), await desk.next()]; // each thread has one
    visits.forEach(({ goOn }) => goOn());
    assertEquals(values(await outcomes), numbers(40).map((i) => [i, i, true]));
    const notes = ["setup 0", "setup 1", "teardown 0 true", "teardown 1 true"];
    assertEquals(desk.notes().toSorted(), notes);
  });

  stage.test("an ungranted job reads its own project and can do nothing else", async () => {
    const denied = ["read outside", "read outside by node:fs", "write project", "net", "env", "run", "sys", "ffi"];
    const permissions = { read: [decodeURIComponent(new URL("project", fixtures).pathname)] };
    const job = new URL("project/inner/tries.js", fixtures);
    const [project, ...others] = await stage.outcomes(job, ["read project", ...denied], { permissions });
    assertEquals(project, { kind: "ok", index: 0, value: "the project" });
    for (const [i, outcome] of others.entries()) {
      assert(outcome.kind === "error", `${denied[i]} was allowed`);
      assertEquals(outcome.error.name, "NotCapable", denied[i]);
      assertStringIncludes(outcome.error.message, "add --allow-");
    }
  }, ["deno"]);

  stage.test("a module that is not a job is refused, and no slot is left", async () => {
    const refused: readonly (readonly [string, string])[] = [
      ["export const x = 1", "has no default export"],
      ["export default 1", "its default export is a number"],
      ["export default (", "cannot be loaded"],
      ["export default () => 1; export const setup = () => { throw new Error('not today') }", "setup failed"],
      ["throw new Error('not today')", "not today"],
    ];
    for (const [job, found] of refused) {
      const error = await assertRejects(() => stage.outcomes(job, [1], { threads: 3 }), JobError, found);
      assertStringIncludes(error.message, "job.js: ");
    }
  });

  stage.test("a module that never finishes loading is refused", async () => {
    const forever = "await new Promise(() => {}); export default () => 1";
    await assertRejects(() => stage.outcomes(forever, [1], { loadMs: 1 }), JobError, "has not loaded within 0.001 s");
    const setup = "export const setup = () => new Promise(() => {}); export default () => 1";
    await assertRejects(() => stage.outcomes(setup, [1], { loadMs: 1 }), JobError, "has not loaded");
  });

  stage.test("leaving early closes the items, without waiting for a generator's finally in the job", async () => {
    let closed = false;
    function* endless() {
      try {
        for (let i = 0;; i++) yield i;
      } finally {
        closed = true;
      }
    }
    await stage.pool(square, {}, async ({ run }) => {
      for await (const { index } of run(endless())) if (index === 10) break;
    });
    assert(closed);
  });

  stage.test("items are not read far ahead of a stalled consumer", async () => {
    let read = 0;
    function* endless() {
      for (;;) yield read++;
    }
    const job = "export default (i) => 'x'.repeat(65_000)";
    await stage.pool(job, { threads: 1 }, async ({ run, heard }) => {
      const paused = heard("paused");
      const outcomes = run(endless());
      assertEquals(summary([(await outcomes.next()).value!]), ["x".repeat(65_000)]);
      await paused; // it may not start anything more
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      assert(read <= 2 * 8192 + 2 * 1024, `${read} items were read`); // two of the largest batches, and a piece of input
      await outcomes.return();
    });
  });
}
