import { assertEquals } from "@std/assert";
import { numbers } from "../inline_job.ts";
import { type Stage, summary, values } from "./stage.ts";

/** What a job may expect of the thread that it finds itself in. */
export function testWorld(stage: Stage): void {
  const one = { threads: 1 };

  stage.test("a copy of a context has all that the context has", async () => {
    const job = `export default (item, context) => {
      const { signal, ...copy } = { ...context };
      return [Object.keys(context), signal === context.signal, signal.aborted, copy];
    }`;
    const names = ["index", "thread", "state", "signal"];
    assertEquals(values(await stage.outcomes(job, [0, 1], one)), [
      [names, true, false, { index: 0, thread: 0 }],
      [names, true, false, { index: 1, thread: 0 }],
    ]);
  });

  for (
    const head of [
      "(item, context)",
      "function (item, { index })",
      "(...args)",
      "function (item)",
      "function ()",
      "(item, c = {})",
    ]
  ) {
    stage.test(`the context comes to a job that begins with ${head}`, async () => {
      const body = head.includes("{ index }") ? "index" : `(${seen(head)}).index`;
      const job = `export default ${head} ${head.startsWith("function") ? "" : "=>"} { return ${body}; }`;
      assertEquals(values(await stage.outcomes(job, ["a", "b"], one)), [0, 1]);
    });
  }

  stage.test("the context comes to a job that is a bound function", async () => {
    const job = "export default (function (_, context) { return context.index; }).bind(null);";
    assertEquals(values(await stage.outcomes(job, ["a", "b"], one)), [0, 1]);
  });

  stage.test(
    "what an item enters with AsyncLocalStorage.enterWith ends with the item, also after 1,000 of them",
    async () => {
      const job = `import { AsyncLocalStorage } from "node:async_hooks";
      const storage = new AsyncLocalStorage();
      export default (item) => {
        const found = storage.getStore() ?? null;
        storage.enterWith(item);
        return found;
      };`;
      const found = values(await stage.outcomes(job, numbers(1100), one));
      assertEquals(found.findIndex((store) => store !== null), -1);
    },
    ["ownContext"],
  );

  for (const taken of ["Promise.prototype.then = undefined", "delete Promise.prototype.then"]) {
    stage.test(`promises are still waited for after ${taken}`, async () => {
      const job = `export default async (item) => { if (item === 1) ${taken}; await 0; return item; }`;
      assertEquals(values(await stage.outcomes(job, [0, 1, 2, 3], one)), [0, 1, 2, 3]);
      const generator = `export default async function* (item) { if (item === 1) ${taken}; await 0; yield item; }`;
      assertEquals(summary(await stage.outcomes(generator, [0, 1, 2], one)), [0, "(end)", 1, "(end)", 2, "(end)"]);
    });
  }

  stage.test("errors and data of another realm are what they are in this one", async () => {
    const job = `import { runInNewContext } from "node:vm";
      export default (code) => runInNewContext(code);`;
    const codes = [
      "throw new TypeError('a')",
      "Promise.reject(new RangeError('b'))",
      "[new Error('c', { cause: new TypeError('d') })]",
      "[new Date(0), new Map([[1, { a: 2 }]]), new Set([3]), /a/g, new Uint8Array([1, 2]), new ArrayBuffer(1)]",
      "[new Number(3), new String('x'), new Boolean(false), new DataView(new ArrayBuffer(1))]",
      "class Failure extends Error { name = 'Failure' }; throw new Failure('e')",
    ];
    const outcomes = await stage.outcomes(job, codes, one);
    assertEquals(
      outcomes.map((outcome) => outcome.kind === "error" ? outcome.error : "value" in outcome && outcome.value),
      [
        { name: "TypeError", message: "a" },
        { name: "RangeError", message: "b" },
        [{ name: "Error", message: "c", cause: { name: "TypeError", message: "d" } }],
        ["1970-01-01T00:00:00.000Z", [[1, { a: 2 }]], [3], "/a/g", [1, 2], [0]],
        [3, "x", false, [0]],
        { name: "Failure", message: "e" },
      ],
    );
  });

  stage.test("bytes of another realm are bytes", async () => {
    const job = `import { runInNewContext } from "node:vm";
      export default () => runInNewContext("new Uint8Array([7])");`;
    const setting = { threads: 1, output: "bytes" } as const;
    assertEquals(values(await stage.outcomes(job, [0], setting)), [Uint8Array.of(7)]);
  });

  stage.test("a job has no arguments, also while it loads", async () => {
    const job = `import process, { argv } from "node:process";
      const atLoad = process.argv.slice(2);
      export default () => [globalThis.Deno?.args ?? [], atLoad, process.argv.length, argv.length, globalThis.process.argv.length];`;
    assertEquals(values(await stage.outcomes(job, [0], one)), [[[], [], 2, 2, 2]]);
  });
}

/** What such a function calls its context. */
function seen(head: string): string {
  if (head.includes("...args")) return "args[1]";
  return head.startsWith("function") ? "arguments[1]" : head.includes("context") ? "context" : "c";
}
