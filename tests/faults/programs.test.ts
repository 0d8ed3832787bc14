import { assert, assertEquals } from "@std/assert";
import { killItsProcess, linux, type Scene, testFault } from "./fault.ts";
import { gone, isAlive } from "./process.ts";

const row = "a job's child processes";
const promisedMs = 1_000;

/** A job whose item starts a program that would run on, notes the program and its process, and does this. */
const starts = ({ desk }: Scene, act: string) =>
  `${desk.code}
  export default async (i, { signal }) => {
    const child = new Deno.Command("sleep", { args: ["600"], stdin: "null", stdout: "null", stderr: "null" }).spawn();
    child.unref();
    note(child.pid);
    ${act}
    return i;
  }`;

const flagsOf = ({ grants }: Scene) => ["--isolate=process", "-j1", "--allow-run", ...grants];

const spins = "while (true);";
const waits = "await new Promise(() => {});";

/** What the item does, and what ends its slot. */
interface End {
  readonly act: string;
  readonly flags?: readonly string[];
  readonly signal?: Deno.Signal;
}

const ends: Readonly<Record<string, End>> = {
  "the run's end": { act: "" },
  "--timeout beside a blocked thread": { act: spins, flags: ["--timeout=300ms"] },
  "a crash of its process": { act: killItsProcess },
  "Ctrl-C": { act: waits, signal: "SIGINT" },
  "Ctrl-C beside a busy job": { act: spins, signal: "SIGINT" },
  "SIGKILL of tandem": { act: waits, signal: "SIGKILL" },
  "SIGKILL of tandem beside a busy job": { act: spins, signal: "SIGKILL" },
};

for (const [what, { act, flags = [], signal }] of Object.entries(ends)) {
  testFault(row, `programs that a job started end with their slot: ${what}`, async (scene) => {
    const running = scene.spawn(starts(scene, act), [...flagsOf(scene), ...flags], { input: "1\n" });
    if (signal !== undefined) {
      while (scene.desk.notes().length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
      assertEquals(await isAlive(Number(scene.desk.notes()[0])), true);
      running.kill(signal);
    }
    await running.ended();
    assert(scene.desk.notes().length > 0, "the job did not get that far");
    await gone(scene.desk.notes().map(Number), promisedMs);
  }, !linux);
}
