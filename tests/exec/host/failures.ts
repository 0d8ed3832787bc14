import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { TandemError } from "../../../lib/errors.ts";
import { numbers } from "../inline_job.ts";
import { eagerClock } from "./clocks.ts";
import { isAble } from "./abilities.ts";
import { openDesk } from "./desk.ts";
import { type Stage, summary } from "./stage.ts";

/** For a job's source: after `doom.resolve()`, an error is thrown that cannot be attributed to an item. */
const doom = `
  const doom = Promise.withResolvers();
  doom.promise.then(() => { throw new Error("too late"); });`;

const ofDeno = [
  ["exit", "Error: Deno.exit is not for jobs"],
  ["close", "Error: self.close is not for jobs"],
  ["post", "Error: self.postMessage is not for jobs"],
] as const;

/** Whatever a job does, it harms only its own items, or the items in a thread that it killed. */
export function testFailures(stage: Stage): void {
  stage.test("anything a job throws, and every way to end the program, fails only that item", async () => {
    const job = `
      let items = 0; // of this thread
      const loop = () => 1 + loop(); // not a tail call, which never ends in Bun
      const acts = {
        "throw": () => { throw new TypeError("as asked"); },
        "throw null": () => { throw null; },
        "throw hostile": () => { throw { toString() { throw 1; }, get name() { throw 2; } }; },
        "reject": () => Promise.reject(new RangeError("later")),
        "thenable": () => ({ then(_, reject) { reject(new Error("from then")); } }),
        "recurse": () => loop(),
        "function": () => () => 1,
        "bigint": () => ({ a: [1n] }),
        "exit": () => Deno.exit(7),
        "process.exit": async () => (await import("node:process")).exit(7),
        "close": () => self.close(),
        "post": () => self.postMessage(null),
      };
      export default (item) => {
        items++;
        return acts[item] ? acts[item]() : items;
      };`;
    const acts: readonly (readonly [string, string])[] = [
      ["throw", "TypeError: as asked"],
      ["throw null", "Error: thrown: null"],
      ["throw hostile", "Error: thrown: something that cannot be shown"],
      ["reject", "RangeError: later"],
      ["thenable", "Error: from then"],
      ["recurse", "RangeError: Maximum call stack size exceeded"],
      ["function", "UnencodableError: result is a function"],
      ["bigint", "UnencodableError: result.a[0] is a BigInt"],
      ["process.exit", "Error: "],
      ...(isAble(stage.runtime, "deno") ? ofDeno : []),
    ];
    const seen = await stage.outcomes(job, [...acts.map(([act]) => act), "last"], { threads: 1 });
    for (const [i, [act, found]] of acts.entries()) {
      const outcome = seen[i];
      assert(outcome.kind === "error", act);
      assertStringIncludes(`${outcome.error.name}: ${outcome.error.message}`, found);
    }
    assertEquals(seen.at(-1), { kind: "ok", index: acts.length, value: acts.length + 1 }, "the same thread goes on");
  });

  stage.test("a thread dies of an error of an unknown item: running items fail, once, and the others run elsewhere", async () => {
    await using desk = openDesk();
    const job = `${desk.code} ${doom}
      export default async (i) => {
        note("" + i);
        if (i < 3) await tell("" + i);
        if (i === 1) {
          doom.resolve();
          await new Promise(() => {});
        }
        return i;
      }`;
    const setting = { threads: 1, tasks: 3, permissions: desk.permissions };
    const outcomes = stage.outcomes(job, numbers(500), setting);
    const visits = [await desk.next(), await desk.next(), await desk.next()];
    visits.find(({ text }) => text === "1")?.goOn(); // they come in random order
    const seen = await outcomes;
    assertEquals(summary(seen), numbers(500).map((i) => i < 3 ? "ThreadDied" : i));
    assert(seen[1].kind === "error");
    assertStringIncludes(seen[1].error.message, "too late");
    assertEquals(desk.notes().toSorted((a, b) => Number(a) - Number(b)), numbers(500).map(String));
  });

  stage.test("a thread dies while others start items: no item that had not started fails, and none runs twice", async () => {
    await using desk = openDesk();
    const job = `${desk.code} ${doom}
      export default async (i) => {
        note("" + i);
        if (i % 100 === 50) {
          doom.resolve();
          await new Promise(() => {});
        }
        await undefined;
        return i;
      }`;
    const seen = await stage.outcomes(job, numbers(400), { threads: 2, tasks: 4, permissions: desk.permissions });
    const failed = seen.filter(({ kind }) => kind === "error").map(({ index }) => index);
    assertEquals(failed, [50, 150, 250, 350]);
    assertEquals(desk.notes().length, 400);
  });

  stage.test("threads that keep crashing end the run with an error that says so", async () => {
    const job = `${doom}
      export default () => {
        doom.resolve();
        return new Promise(() => {});
      }`;
    const error = await assertRejects(() => stage.outcomes(job, numbers(100)), TandemError, "keep crashing");
    assertStringIncludes(error.message, "too late");
  });

  stage.test("a failed item runs again as often as allowed, after pauses that double", async () => {
    const job = `
      const tries = new Map();
      export default (i) => {
        const count = (tries.get(i) ?? 0) + 1;
        tries.set(i, count);
        if (count < i) throw new Error("try " + count);
        return count;
      }`;
    const pauses: number[] = [];
    const setting = { threads: 1, clock: eagerClock(pauses) };
    const seen = await stage.outcomes(job, numbers(7), setting, { retries: 3 });
    assertEquals(summary(seen), [1, 1, 2, 3, 4, "Error", "Error"]);
    assert(seen[6].kind === "error");
    assertEquals(seen[6].error.message, "try 4");
    assertEquals(pauses.toSorted((a, b) => a - b), [100, 100, 100, 100, 100, 200, 200, 200, 200, 400, 400, 400]);
  });

  stage.test("what a job throws says when its item runs again, or that it does not", async () => {
    const job = `
      const tries = new Map();
      export default (i) => {
        const count = (tries.get(i) ?? 0) + 1;
        tries.set(i, count);
        if (i === 3 || count > 1) return count;
        if (i === 0) throw Object.assign(new Error("busy"), { retryAfter: 0.3 });
        if (i === 1) throw new Response(null, { status: 503, headers: { "Retry-After": "0.5" } });
        if (i === 2) throw Object.assign(new Error("no such user"), { retryable: false });
        if (i === 4) throw new Response(null, { status: 429, headers: { "Retry-After": "60" } });
        throw new RangeError("of another name");
      }`;
    const pauses: number[] = [];
    const retry = { maxMs: 900, names: ["Error", "Response"] };
    const setting = { threads: 1, clock: eagerClock(pauses), retry };
    const seen = await stage.outcomes(job, numbers(6), setting, { retries: 1 });
    assertEquals(summary(seen), [2, 2, "Error", 1, "Response", "RangeError"]);
    assertEquals(pauses.toSorted((a, b) => a - b), [400, 600]);
    assert(seen[4].kind === "error");
    assertEquals(seen[4].error.message, "429; it asks to wait 60 s, longer than --retry-max");
  });

  stage.test("an item whose thread died runs again only if errors of that name are retried", async () => {
    const job = `${doom} let ran = false; export default async () => { doom.resolve(); await new Promise(() => {}); }`;
    for (const [names, tries] of [[["Error"], 1], [["ThreadDied"], 2]] as const) {
      const pauses: number[] = [];
      const setting = { threads: 1, clock: eagerClock(pauses), retry: { maxMs: 500, names } };
      assertEquals(summary(await stage.outcomes(job, [7], setting, { retries: 1 })), ["ThreadDied"]);
      assertEquals(pauses.length, tries - 1, names[0]);
    }
  });

  stage.test("an item whose thread died runs again if allowed; one that has given values does not", async () => {
    const die = "doom.resolve(); await new Promise(() => {});";
    await using desk = openDesk();
    const job = `${desk.code} ${doom} export default async (i) => {
      if (isOpen()) return i;
      await tell("here");
      ${die}
    }`;
    const [clock, options] = [eagerClock([]), { retries: 1 }];
    const outcomes = stage.outcomes(job, [7], { permissions: desk.permissions, clock }, options);
    const visit = await desk.next();
    desk.open();
    visit.goOn();
    assertEquals(summary(await outcomes), [7]);

    const generator = `${doom} export default async function* (i) { yield i; ${die} }`;
    assertEquals(summary(await stage.outcomes(generator, [7], { threads: 1, clock }, options)), [7, "ThreadDied"]);
  });
}
