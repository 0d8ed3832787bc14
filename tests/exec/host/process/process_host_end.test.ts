import { assert, assertEquals, assertThrows } from "@std/assert";
import { TandemError, TooManyThreads } from "../../../../lib/errors.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import type { RunningSince } from "../../../../lib/exec/wire/protocol.ts";
import { n } from "../../numbers.ts";
import { connect, fakeProcess, unstarted, until } from "./fake_child.ts";

const parts: Part[] = [{ held: {} as Part["held"], from: n(0), range: { first: 2, end: 5 } }];

function running(...items: number[]): RunningSince[] {
  return items.map((item) => ({ item: n(item), since: n(100), waits: false }));
}

const lastItems = { kind: "last", items: running(1, 2, 4, 5) } as const;

Deno.test("process slot: the program gets its address last, its own group, and its text on stdin", async () => {
  const command = { program: "deno", args: ["run", "-"], cwd: "/project", stdin: "await import('x')" };
  const { slot, child } = fakeProcess({ command });
  const { args, ...options } = child.options;
  assertEquals([child.program, ...args.slice(0, -1)], ["deno", "run", "-"]);
  const detached = Deno.build.os !== "windows";
  assertEquals(options, { cwd: "/project", detached, stdin: "piped", stdout: "piped", stderr: "inherit" });
  await until(() => child.inputEnded);
  assertEquals(new TextDecoder().decode(Uint8Array.from(child.input)), command.stdin);
  await slot.terminate();
  const plain = fakeProcess();
  assertEquals(plain.child.options.stdin, "null");
  await plain.slot.terminate();
});

Deno.test("process slot: a process that dies says how, and which items had started there, if it could", async () => {
  const died = (how: string) => ({ name: "ProcessDied", message: `its process died (${how})`, code: "lost" });
  const used = {
    name: "OutOfMemory",
    message: "its process used 300 MiB, the limit is 256 MiB",
    code: "out-of-memory",
  };
  const started = [1, 2, 4, 5].map((item) => ({ first: item, end: item + 1 }));
  for (
    const [last, status, error] of [
      [undefined, { code: 7 }, died("exit code 7")],
      [lastItems, { code: 139, signal: "SIGSEGV" }, died("SIGSEGV")],
      [{ ...lastItems, usedBytes: 300 * 2 ** 20 }, { signal: "SIGKILL" }, used],
    ] as const
  ) {
    const { slot, heard, child } = fakeProcess({ memory: 256 * 2 ** 20 });
    const process = await connect(child);
    if (last !== undefined) process.say(last);
    process.say({ kind: "message", message: { kind: "paused" } });
    await until(() => heard.length > 0);
    child.end(status);
    process.close();
    await until(() => heard.length > 1);
    const items = last === undefined ? undefined : started;
    assertEquals<unknown[]>(heard, [{ kind: "paused" }, { kind: "crashed", error, started: items }]);
    assertEquals(slot.lastRunning(parts), last === undefined ? [] : running(2, 4));
    await slot.terminate();
    assertEquals([heard.length, child.kills], [2, 1], "its group is killed too, once");
  }
});

Deno.test("process slot: a process that ends without connecting has crashed", async () => {
  const { slot, heard, child } = fakeProcess();
  child.end({ code: 1 });
  await until(() => heard.length > 0);
  assertEquals(heard.map(({ kind }) => kind), ["crashed"]);
  await slot.terminate();
});

Deno.test("process slot: after a fatal error nothing more is heard, not even of its end", async () => {
  const { slot, heard, child } = fakeProcess();
  const process = await connect(child);
  process.say(lastItems);
  process.say({ kind: "message", message: { kind: "fatal", message: "bad" } });
  process.say({ kind: "message", message: { kind: "paused" } });
  await until(() => heard.length > 0);
  assertEquals(slot.lastRunning(parts), running(2, 4));
  assertEquals(await slot.running(parts), []);
  child.end({ code: 1 });
  process.close();
  await slot.terminate();
  assertEquals<unknown[]>(heard, [{ kind: "fatal", message: "bad" }]);
});

Deno.test("process slot: terminated, it closes its connection, kills its process once, and says nothing more", async () => {
  const { slot, heard, child } = fakeProcess();
  const process = await connect(child);
  process.say({ kind: "message", message: { kind: "paused" } });
  await until(() => heard.length > 0);
  const gone = slot.terminate();
  slot.post({ kind: "stop" });
  assertEquals([child.kills, await process.isClosed()], [1, true]);
  await Promise.all([gone, slot.terminate()]);
  assertEquals([child.kills, heard.length], [1, 1]);
  process.close();
});

Deno.test("process slot: terminated before the process has connected, it is gone when the process is", async () => {
  const { slot, heard, child } = fakeProcess();
  await slot.terminate();
  assertEquals([child.kills, heard.length], [1, 0]);
});

Deno.test("process slot: is gone only when its process is; one that connects too late is not heard", async () => {
  const { slot, heard, child } = fakeProcess();
  child.lingers = true;
  let isGone = false;
  const gone = slot.terminate().then(() => isGone = true);
  const process = await connect(child);
  process.say({ kind: "message", message: { kind: "paused" } });
  assertEquals(await process.isClosed(), true);
  assertEquals([isGone, heard], [false, []]);
  child.end();
  await gone;
  process.close();
});

Deno.test("process slot: what the job writes to descriptor 1 goes to our stderr, all of it", async () => {
  const written: string[] = [];
  const { write } = Deno.stderr;
  Deno.stderr.write = (bytes) => {
    const some = bytes.subarray(0, 3);
    written.push(new TextDecoder().decode(some));
    return written.length > 3 ? Promise.reject(new Error("closed")) : Promise.resolve(some.length);
  };
  try {
    const { slot, child } = fakeProcess();
    child.write("hello");
    child.write("you!!");
    child.write("more");
    await until(() => written.length === 5);
    await slot.terminate();
    assertEquals(written, ["hel", "lo", "you", "!!", "mor"]);
  } finally {
    Deno.stderr.write = write;
  }
});

Deno.test("process slot: a program that cannot be started is an error of the user's, or says that there are too many", () => {
  const fails = (message: string) => assertThrows(() => unstarted(new Error(message)));
  const missing = assertThrows(() => unstarted(new Deno.errors.NotFound("Failed to spawn 'none': entity not found")));
  assert(missing instanceof TandemError);
  assertEquals([missing.code, missing.message], ["program-missing", "cannot start none: entity not found"]);
  assertEquals((fails("Failed to spawn 'none': denied") as TandemError).code, "usage");
  const { openSync } = Deno;
  Deno.openSync = () => {
    throw new Error("Too many open files (os error 24)");
  };
  try {
    assert(fails("it is not even tried") instanceof TooManyThreads);
  } finally {
    Deno.openSync = openSync;
  }
  assert(fails("Resource temporarily unavailable (os error 11)") instanceof TooManyThreads);
});
