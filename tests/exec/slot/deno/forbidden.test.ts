import { assertEquals, assertThrows } from "@std/assert";
import { closeMadeProcess, forbidHarm } from "../../../../lib/exec/slot/deno/forbidden.ts";

/** What a signal would reach: nothing, as the functions that send one only note it. */
const sent: unknown[][] = [];
const noted = (...args: unknown[]) => (sent.push(args), "sent");

const { stdin } = Deno;
const closed: unknown[] = [];
Object.defineProperty(stdin, "close", { value: () => void closed.push("stdin"), configurable: true });

/** How `process` looks to a job: Deno makes it when it is first asked for. */
let made = 0;
const fake = {
  argv: ["deno", "job.ts", "run", "--secret"],
  stdin: "stdin",
  stdout: "stdout",
  stderr: "stderr",
  abort: noted,
  kill: noted,
  _kill: noted,
};
Object.defineProperty(globalThis, "process", { get: () => (made++, fake), configurable: true, enumerable: true });
/** What Deno keeps for itself, and makes `process` of. */
interface Internals {
  __nodeProcessBootstrapped?: boolean;
  __nodeBootstrapArgs?: { denoArgs?: readonly string[] };
}
const { internal } = Deno as unknown as { internal: symbol };
const internals = (Deno as unknown as Record<symbol, Internals>)[internal];
const { __nodeBootstrapArgs: ownArgs } = internals;
const isMade = Object.getOwnPropertyDescriptor(internals, "__nodeProcessBootstrapped");
const bootstrapArgs = internals.__nodeBootstrapArgs = { denoArgs: ["run", "--secret"] };
Object.defineProperty(Deno, "args", { value: ["run", "--secret"], configurable: true });

Object.defineProperty(Deno, "kill", { get: () => noted, configurable: true });
Object.defineProperty(globalThis, "postMessage", { value: noted, configurable: true }); // as a thread has it
const { pid } = Deno;
forbidHarm();
internals.__nodeBootstrapArgs = ownArgs;

const scope = globalThis as unknown as Record<string, () => void>;

Deno.test("forbidden: a job ends neither the program nor its thread, posts no messages and does not move", () => {
  assertThrows(() => Deno.exit(0), Error, "Deno.exit is not for jobs: throw an error to fail an item");
  assertThrows(() => scope.close(), Error, "self.close is not for jobs: throw an error to fail an item");
  assertThrows(() => scope.postMessage(), Error, "self.postMessage is not for jobs: return a value, or yield some");
  assertThrows(() => Deno.chdir("/"), Error, "Deno.chdir is not for jobs: it would move all threads");
});

Deno.test("forbidden: stdin is closed, and out of reach", () => {
  assertEquals(closed, ["stdin"]);
  assertThrows(() => Deno.stdin, Error, "Deno.stdin is not for jobs: its lines are the items");
});

Deno.test("forbidden: a job has no arguments", () => {
  assertEquals([Deno.args, bootstrapArgs.denoArgs], [[], []]);
});

Deno.test("forbidden: process is made when the job asks for it, and then without what would harm", () => {
  const hasMade = (value: boolean) =>
    Object.defineProperty(internals, "__nodeProcessBootstrapped", { value, configurable: true });
  hasMade(false);
  closeMadeProcess();
  assertEquals(made, 0);
  hasMade(true); // by an import of node:process
  closeMadeProcess();
  assertEquals([made, fake.argv.length], [1, 2]);
  if (isMade === undefined) delete internals.__nodeProcessBootstrapped;
  else Object.defineProperty(internals, "__nodeProcessBootstrapped", isMade);
  const { process } = globalThis;
  assertEquals([process.argv, process.stdout === process.stderr as never], [["deno", "job.ts"], true]);
  assertThrows(() => process.stdin, Error, "process.stdin is not for jobs: its lines are the items");
  assertThrows(() => process.abort(), Error, "process.abort is not for jobs: throw an error to fail an item");
  process.argv.push("the job's own");
  assertEquals(globalThis.process.argv.length, 3, "it is closed once");
});

Deno.test("forbidden: a signal to this process or its group is refused; others, and questions, are sent", () => {
  type Kill = (pid: number, signal?: unknown) => unknown;
  const { kill, _kill } = globalThis.process as unknown as { kill: Kill; _kill: Kill };
  assertEquals(Deno.kill === Deno.kill, true);
  for (const send of [Deno.kill as Kill, kill, _kill]) {
    for (const to of [pid, 0, -1, -pid]) {
      for (const signal of ["SIGTERM", 9, undefined]) {
        assertThrows(() => send(to, signal), Error, "a signal to this process is not for jobs");
      }
    }
    assertEquals(sent.splice(0), []);
    assertEquals([send(pid, 0), send(pid + 1, "SIGTERM"), send(1, 9)], ["sent", "sent", "sent"]);
    assertEquals(sent.splice(0), [[pid, 0], [pid + 1, "SIGTERM"], [1, 9]]);
  }
});

Deno.test("forbidden: a Deno that has made process already, one that has no internals, and one that has no process", () => {
  const again = { argv: ["deno", "job.ts", "--secret"], abort: noted, kill: noted };
  for (const process of [again, undefined]) {
    Object.defineProperty(globalThis, "process", { value: process, configurable: true });
    Object.defineProperty(Deno, "stdin", { value: stdin, configurable: true });
    const own = Object.getOwnPropertyDescriptor(Deno, internal)!;
    Object.defineProperty(Deno, internal, { value: undefined, configurable: true });
    try {
      forbidHarm();
      closeMadeProcess();
    } finally {
      Object.defineProperty(Deno, internal, own);
    }
  }
  assertEquals(again.argv, ["deno", "job.ts"]);
  assertThrows(() => again.abort(), Error, "process.abort is not for jobs");
});
