import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { PoolEvent } from "../../../lib/exec/pool/run_options.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";
import type { Outcome } from "../../../lib/model/item.ts";
import { numbers } from "../inline_job.ts";
import { isAble } from "./abilities.ts";
import { type Stage, summary, values } from "./stage.ts";

const fixtures = new URL("../../fixtures/jobs/", import.meta.url);
const probes = ["number", "text", "data", "unencodable", "throw", "wait", "reject", "signal", "long"];

/** Deno itself uses these in the loop that receives our messages: a thread that has lost them cannot go on. */
const vital = ["Function.prototype.call", "Promise.prototype.constructor", "Promise.Symbol(Symbol.species)"];

/** JavaScriptCore makes parts of our bytes with it. */
const ofSpecies = ["TypedArray.Symbol(Symbol.species)"];

/** Values are delivered with these: all items of a generator depend on them. */
const ofGenerators = ["async generator.next"];

/** A job may replace every built-in of the language and the platform: its thread goes on with correct results. */
export function testGlobals(stage: Stage): void {
  testReplaced(stage);
  const needed = isAble(stage.runtime, "ownSpecies") ? vital : [...vital, ...ofSpecies];
  const jobs = [
    ["function", "replaces_globals.js", 3, needed],
    ["generator", "replaces_globals_generator.js", 1, [...needed, ...ofGenerators]],
  ] as const;
  for (const [kind, file, tasks, spared] of jobs) {
    for (const how of ["throws", "lies"]) {
      stage.test(`a ${kind} that replaces globals, each with one that ${how}, harms no other item`, async () => {
        const job = new URL(file, fixtures);
        await stage.pool(job, { threads: 1, tasks }, async ({ run }) => {
          const outcomes = async (items: readonly unknown[]) =>
            (await Array.fromAsync(run(items))).filter(({ kind }) => kind !== "end");
          const probe = async (...before: unknown[]) => {
            const seen = await outcomes([...before, ...probes.map((act) => ({ act }))]);
            return seen.slice(before.length).map((outcome) => short({ ...outcome, index: 0 }));
          };
          const [names] = values(await outcomes([{ act: "names" }])) as [string[]];
          assert(names.length > 500, `${names.length}`);
          const expected = await probe();
          const chosen = numbers(names.length).filter((at) => !spared.includes(names[at]));
          for (const at of chosen) {
            assertEquals(await probe({ act: "replace", at, how }), expected, `without ${names[at]}`);
          }
          assertEquals(values(await outcomes([{ act: "count" }])), [chosen.length], "the same thread goes on");
        });
      }, ["ownBuiltins"]);
    }
  }
}

/** A job replaces built-ins with failing ones: what its thread must still be able to do. */
function testReplaced(stage: Stage): void {
  const fails = "{ throw new TypeError('it was replaced'); }";

  stage.test("a job that replaces built-ins while it loads is loaded", async () => {
    const job = `Object.entries = Object.keys = Array.isArray = () => ${fails};
      RegExp.prototype.test = RegExp.prototype.exec = () => ${fails};
      export const setup = () => 2;
      export default (item, { state }) => item * state;`;
    assertEquals(values(await stage.outcomes(job, [1, 2])), [2, 4]);
  });

  stage.test(
    "a job without the iterator of arrays, which Deno makes timers and Buffer with, gives results",
    async () => {
      const job = `Array.prototype[Symbol.iterator] = () => ${fails}; export default (i) => i;`;
      assertEquals(values(await stage.outcomes(job, [1, 2])), [1, 2]);
    },
    ["ownBuiltins"],
  );

  stage.test("time limit: a thread whose Math.min and Math.max fail still abandons an item", async () => {
    const job = `Math.min = Math.max = () => ${fails};
      export default (i) => i === 1 ? new Promise(() => {}) : i;`;
    const events: string[] = [];
    const options = { timeoutMs: 50, onEvent: ({ kind }: PoolEvent) => void events.push(kind) };
    const outcomes = await stage.outcomes(job, numbers(3), { threads: 1 }, options);
    assertEquals([summary(outcomes), events], [[0, "TimeoutError", 2], []]);
  });

  stage.test("items arrive at a thread in which bind() fails", async () => {
    const job = `Function.prototype.bind = () => ${fails}; export default (i) => i;`;
    assertEquals(values(await stage.outcomes(job, numbers(3), { threads: 1 })), [0, 1, 2]);
  });

  const beforeTheFirstItem = [
    ["without Buffer.from", `Buffer.from = () => ${fails};`],
    ["whose Buffer decodes something else", "Buffer.prototype.utf8Slice = Buffer.prototype.latin1Slice = () => '7';"],
    ["without Map, of which Deno makes timers and Buffer", "globalThis.Map = undefined;"],
    [
      "with frozen built-ins",
      `const all = [Object, Array, Function, Promise, Map, Set, String, Number, Error, RegExp, Symbol, Uint8Array, ArrayBuffer];
        for (const one of [...all, Object.getPrototypeOf(Uint8Array)]) Object.freeze(Object.freeze(one).prototype);`,
    ],
  ];
  for (const [thread, text] of beforeTheFirstItem) {
    stage.test(`items arrive at a thread ${thread}, and results come back`, async () => {
      const job = `${text} export default async (text) => { await undefined; return text; };`;
      const items = ["a", "\ufeffä\u{1f600}", "\ufffd", "x".repeat(1_000)];
      assertEquals(values(await stage.outcomes(job, items, { threads: 1, tasks: 2 })), items);
    });
  }

  stage.test("a run ends, with an error, where no thread can take items", async () => {
    const job = `Object.defineProperty(Array.prototype, "0", { configurable: true, set(value) {
        if (value?.decode !== undefined) ${fails} // a range of items
        Object.defineProperty(this, 0, { value, writable: true, enumerable: true, configurable: true });
      } });
      export default (i) => i;`;
    const error = await assertRejects(() => stage.outcomes(job, [1], { threads: 1 }));
    assertStringIncludes(String(error), "it was replaced");
  });

  stage.test("bytes arrive from a thread in which the length of typed arrays fails", async () => {
    const job = `Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), "length", { get() ${fails} });
      export default (i) => new Uint8Array([i, i]);`;
    const outcomes = await stage.outcomes(job, [1, 2], { threads: 1, output: "bytes" });
    assertEquals(values(outcomes), [new Uint8Array([1, 1]), new Uint8Array([2, 2])]);
  });

  for (const replaced of [`() => ${fails}`, "() => ({})", "undefined"]) {
    stage.test(`a thread goes on if its CPU time comes from ${replaced}`, async () => {
      const job = `process.threadCpuUsage = ${replaced};
        export default async (i) => { await new Promise((go) => setTimeout(go, 6)); return i; }`;
      const cpuMs: unknown[] = [];
      const options = { onReading: (reading: SlotReading) => void cpuMs.push(reading.cpuMs) };
      const outcomes = await stage.outcomes(job, numbers(3), { threads: 1, probes: "cpu" }, options);
      assertEquals([values(outcomes), cpuMs.length > 1], [[0, 1, 2], true]);
      const told = cpuMs.some((ms) => ms !== undefined);
      assertEquals(told, !isAble(stage.runtime, "deno"), "others ask what the job cannot replace");
    });
  }

  stage.test("a denied read names its flag in a thread whose string and RegExp methods fail", async () => {
    const job = `export default () => {
        for (const name of ["replace", "includes", "slice"]) String.prototype[name] = () => ${fails};
        for (const name of ["test", "exec"]) RegExp.prototype[name] = () => ${fails};
        Array.prototype.find = Array.prototype[Symbol.iterator] = () => ${fails};
        return Deno.readTextFileSync("/etc/hostname");
      }`;
    const [outcome] = await stage.outcomes(job, [0], { threads: 1 });
    assert(outcome.kind === "error");
    assertStringIncludes(outcome.error.message, "add --allow-read=/etc/hostname (or --allow-read)");
  }, ["deno"]);

  stage.test("a thread whose teardown and console.error fail still finishes", async () => {
    const job = `export default (i) => i;
      export function teardown() {
        console.error = () => ${fails};
        throw new Error("as asked");
      }`;
    await stage.pool(job, { threads: 1 }, async ({ run, heard, close }) => {
      assertEquals(values(await Array.fromAsync(run([1]))), [1]);
      const end = Promise.race([heard("finished").then(() => "it said so"), close().then(() => "it was left alone")]);
      assertEquals(await end, "it said so");
    });
  });
}

/** An outcome, with long text shown by its length. */
function short(outcome: Outcome): unknown {
  const long = "value" in outcome && typeof outcome.value === "string" && outcome.value.length > 1000;
  return long ? { ...outcome, value: outcome.value.length } : outcome;
}
