import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AbilityName } from "./abilities.ts";
import { type Stage, summary } from "./stage.ts";

type Act = readonly [name: string, code: string, error?: string, needs?: readonly AbilityName[]];

/** What a job may try, by accident or not, and the error that its item gets; none if it harms nothing. */
const acts: readonly Act[] = [
  ["process.reallyExit", "process.reallyExit(7)", ".exit is not for jobs"],
  ["process.abort", "process.abort()", "process.abort is not for jobs"],
  ["process.kill", "process.kill(process.pid, 'SIGKILL')", "a signal to this process is not for jobs"],
  ["process.kill of the group", "process.kill(0)", "a signal to this process is not for jobs"],
  ["process._kill", "process._kill(process.pid, 9)", "a signal to this process is not for jobs"],
  [
    "node:process",
    "(await import('node:process')).default.kill(process.pid)",
    "a signal to this process is not for jobs",
  ],
  ["Deno.kill", "Deno.kill(Deno.pid, 'SIGKILL')", "a signal to this process is not for jobs", ["deno"]],
  ["an error event without an error", "self.dispatchEvent(new Event('error'))", "an error event without an error", [
    "errorEvents",
  ]],
  ["an error event with text", "self.dispatchEvent(new ErrorEvent('error', { message: 'made up' }))", "made up", [
    "errorEvents",
  ]],
  [
    "a message that looks like ours",
    "self.dispatchEvent(new MessageEvent('message', { data: { kind: 'finish' } }))",
    undefined,
    [
      "self",
    ],
  ],
  ["messages elsewhere", "new MessageChannel().port1.postMessage({ kind: 'finish' })"],
  ["its own onmessage", "self.onmessage = () => { throw new Error('heard'); }", undefined, ["self"]],
  ["its own listener", "self.addEventListener('message', () => { throw new Error('heard'); }, true)", undefined, [
    "self",
  ]],
  [
    "its own listeners for errors",
    `for (const kind of ['error', 'unhandledrejection']) {
       self.addEventListener(kind, (event) => { event.preventDefault(); throw new Error('heard'); });
     }
     Promise.reject(new Error('still an error'));
     await new Promise(() => {});`,
    "still an error",
    ["self", "ownRejections"],
  ],
  [
    "replaced methods of events",
    `const { stopImmediatePropagation, preventDefault } = Event.prototype;
     Object.assign(Event.prototype, { stopImmediatePropagation() {}, preventDefault() {} });
     setTimeout(() => Object.assign(Event.prototype, { stopImmediatePropagation, preventDefault }), 5);
     reportError(new Error('still an error'));`,
    "still an error",
    ["reportError"],
  ],
  [
    "replaced timers",
    `const kept = [setTimeout, setImmediate, setInterval, queueMicrotask];
     globalThis.setTimeout = globalThis.setImmediate = globalThis.setInterval = globalThis.queueMicrotask = () => { throw new Error('replaced'); };
     setTimeout();`,
    "replaced",
  ],
  [
    "its own listeners for rejections",
    `process.on('unhandledRejection', () => {});
     Promise.reject(new Error('still an error'));
     await new Promise(() => {});`,
    "still an error",
    ["threadOfNode", "ownRejections"],
  ],
  [
    "its own listeners for uncaught errors",
    `process.on('uncaughtException', () => {});
     process.nextTick(() => { throw new Error('still an error'); });
     await new Promise(() => {});`,
    "still an error",
    ["threadOfNode"],
  ],
  [
    "messages by the port of its thread",
    "(await import('node:worker_threads')).parentPort.postMessage({ kind: 'finished' })",
    "", // there is no port, or it is not for jobs
    ["threadOfNode"],
  ],
  [
    "its own listeners at the port of its thread",
    `const { parentPort } = await import('node:worker_threads');
     parentPort?.on('message', () => { throw new Error('heard'); });
     parentPort?.addEventListener('message', () => { throw new Error('heard'); });
     if (parentPort) parentPort.onmessage = () => { throw new Error('heard'); }`,
    undefined,
    ["threadOfNode"],
  ],
  [
    "messages by the scope of its thread",
    "self.postMessage({ kind: 'finished' })",
    "postMessage is not for jobs",
    ["self"],
  ],
];

/** A job that ends the program, or sends or receives messages in our name, harms only its own item. */
export function testHostile(stage: Stage): void {
  for (const [name, code, error, needs] of acts) {
    stage.test(`${name}: ${error === undefined ? "harms nothing" : "an error only for that item"}`, async () => {
      const job = `
        let count = 0; // of this thread
        export default async (i) => {
          count++;
          if (i !== 2) return i < 5 ? i : count;
          ${code};
          return "not stopped";
        }`;
      const seen = await stage.outcomes(job, [0, 1, 2, 3, 4, 5], { threads: 1, tasks: 3 });
      const [before, [act], after] = [seen.slice(0, 2), seen.slice(2), seen.slice(3)];
      assertEquals(summary([...before, ...after]), [0, 1, 3, 4, 6]);
      assertEquals(act.kind, error === undefined ? "ok" : "error", JSON.stringify(act));
      if (act.kind === "error") assertStringIncludes(act.error.message, error ?? "");
    }, needs);
  }

  stage.test("timers are what they are without us", async () => {
    const job = `
      const lazily = await import("node:util");
      export default async () => {
        const own = (await import("node:timers")).setTimeout;
        const seen = [setTimeout.name, setTimeout.length === own.length, typeof setTimeout(() => {})];
        await new Promise((resolve) => setTimeout((...args) => resolve(seen.push(args.join())), 1, "a", "b", "c"));
        seen.push(await lazily.promisify(setTimeout)(1, "promised"));
        const kept = setTimeout(() => seen.push("cleared"), 1);
        clearTimeout(kept);
        const id = await new Promise((resolve) => {
          let ticks = 0;
          const id = setInterval(() => ++ticks === 3 && resolve(id), 1);
        });
        clearInterval(id);
        await new Promise((resolve) => setImmediate((value) => resolve(seen.push(value)), "soon"));
        try { setTimeout(7.5, 1); seen.push("taken"); } catch (error) { seen.push(error.name); }
        return seen;
      }`;
    const seen = await stage.outcomes(job, [0], { threads: 1 });
    const name = seen[0].kind === "ok" ? (seen[0].value as unknown[])[2] : undefined; // depends on the version of Deno
    assertEquals(summary(seen), [["setTimeout", true, name, "a,b,c", "promised", "soon", "TypeError"]]);
  });
}
