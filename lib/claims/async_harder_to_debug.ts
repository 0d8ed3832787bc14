import type { Claim, Finding } from "./claim.ts";
import { countOf } from "./quantities.ts";
import type { TracesFound } from "./traces.ts";

/** Claim 20: what of it can be measured. */
export const asyncHarderToDebug: Claim<TracesFound> = {
  id: "async-harder-to-debug",
  sentence: "async is harder to debug",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 100, default: 200, full: 500 },
    measure: async (lab) => await (await import("./traces.ts")).measureTraces(lab),
  },
  judge: judgeTraces,
  explained: {
    stands: `The article: async code can be harder to debug, since stack traces can be less intuitive than those of
thread-based code.`,
    measured:
      `The last of 5 functions throws, and it is counted how many of them the error's stack trace names. In code as
a thread runs it, they call one another. As tasks they await one another, await Promise.all, read a generator by for await,
give back a promise without await, or use then(). Last, 5 functions that await one another ask a thread, and the thread
answers with an error. It holds if some form of tasks loses names that plain calls keep. Only stack traces are measured, not
how hard it is to find an error.`,
    reading: `The text says "can be": it depends on how the code is written. Code that awaits all its promises loses
nothing; a promise that is given back without await, and then(), lose all functions but the one that throws. So write
return await. The error of a thread names the thread's functions, but none of those that asked it: wrap it there, with
new Error("...", { cause: error }).`,
    elsewhere: [
      {
        says: "Rust: a suspended task is invisible to stack traces, so async-backtrace was written to show it.",
        source:
          "Rust users forum, Announcing async-backtrace, https://users.rust-lang.org/t/announcing-async-backtrace/83510",
      },
      {
        says: "JavaScript in V8: with async stack traces, await locations appear in error.stack, marked async.",
        source: "V8, Stack trace API, https://github.com/v8/v8.dev/pull/49/files",
      },
      {
        says: "They miss a caller that returns a promise without awaiting it.",
        source:
          "Node.js best practices, https://github.com/goldbergyoni/nodebestpractices/blob/master/sections/errorhandling/returningpromises.md",
      },
      {
        says:
          "Java: in the asynchronous style stack traces give no usable context and debuggers cannot step through a request.",
        source: "JEP 444 (virtual threads), https://openjdk.org/jeps/444",
      },
    ],
    byHand: `const later = () => new Promise((done) => setTimeout(done, 1));
const fail = async () => { await later(); throw new Error("late"); };
const awaiting = async () => { return await fail(); };
const returning = () => fail();
const chaining = () => fail().then(() => 0);
for (const call of [awaiting, returning, chaining]) {
  const error = await call().catch((error: Error) => error) as Error;
  console.log(call.name, "is in the stack trace:", error.stack?.includes(call.name));
}
const code = "try { null.x } catch (error) { postMessage(error) }";
const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
const asking = async () => await new Promise((done) => worker.onmessage = ({ data }) => done(data.stack));
console.log("asking is in the thread's:", \`\${await asking()}\`.includes("asking"));
worker.terminate();`,
  },
};

/** Judges the forms of tasks by plain calls; the thread is what the reader should know besides. */
export function judgeTraces({ length, called, tasks, inThread, asking }: TracesFound): Finding {
  const counts = Object.values(tasks);
  const count = (kept: number) => countOf(kept, length);
  return {
    test: { kind: "counted", holds: counts.some((kept) => kept < called) },
    effect: null,
    interval: null,
    evidence: {
      tasks: count(Math.min(...counts)),
      threads: count(called),
      says:
        "A stack trace names {called} functions that call one another, {awaited} that await one another ({together} " +
        "with Promise.all, {streamed} with for await), {returned} that give back a promise, and {then} with then(); across " +
        "a thread, {inThread} of the thread and {asking} that asked it.",
      quantities: {
        called: count(called),
        awaited: count(tasks.awaited),
        together: count(tasks.together),
        streamed: count(tasks.streamed),
        returned: count(tasks.returned),
        then: count(tasks.then),
        inThread: count(inThread),
        asking: count(asking),
      },
      samples: {},
    },
  };
}
