import { assertEquals } from "@std/assert";
import { LastDeath } from "../../../lib/exec/pool/last_death.ts";

/** What is said of an item that was lost in the last slot that died, and of a run that gives up after it. */
function saidOf(death: LastDeath) {
  const { name, code, message } = death.errorOf("lost");
  const givenUp = death.giveUp("job.ts");
  return [name, code, message, givenUp.code, givenUp.message];
}

Deno.test("last death: an item that was lost, and a run that gives up, name what happened last, and where in the job if that is known", () => {
  const death = new LastDeath(100);
  const gaveUp = (where: string, what: string) => ["gave-up", `${where}: its threads keep crashing: ${what}`];
  const thread = (what: string) => ["ThreadDied", "lost", `its thread died: ${what}`];

  death.ofThread("Uncaught Error: bad", "job.ts:7");
  assertEquals(saidOf(death), [...thread("Uncaught Error: bad"), ...gaveUp("job.ts:7", "Uncaught Error: bad")]);

  const error = { name: "OutOfMemory", message: "its process used 300 MiB", code: "out-of-memory" } as const;
  death.ofProcess(error);
  assertEquals(death.errorOf("lost"), error);
  assertEquals(saidOf(death).slice(3), gaveUp("job.ts", error.message), "the place is not that of the thread before");

  death.ofThread("Uncaught Error: worse", "job.ts:9");
  death.ofThread("out of memory", undefined);
  assertEquals(saidOf(death), [...thread("out of memory"), ...gaveUp("job.ts", "out of memory")]);

  death.ofThread("Uncaught Error: worse", "job.ts:9");
  death.ofKill();
  const killed = "its thread was ended: another item took longer than 100 ms";
  assertEquals(saidOf(death), ["ThreadDied", "lost", killed, ...gaveUp("job.ts", killed)]);
});

Deno.test("last death: an item that took too long says so, whatever else happened", () => {
  const death = new LastDeath(100);
  death.ofThread("bad", undefined);
  const tooLong = { name: "TimeoutError", message: "took longer than 100 ms", code: "timeout" } as const;
  assertEquals(death.errorOf("timeout"), tooLong);
});

Deno.test("last death: an error of ours is worth another attempt if its name is among those that are; by default it is", () => {
  const of = (names?: readonly string[]) => {
    const death = new LastDeath(100, names);
    const seen: boolean[] = [];
    death.ofThread("bad", undefined);
    seen.push(death.isFinal("lost"));
    death.ofProcess({ name: "OutOfMemory", message: "", code: "out-of-memory" });
    seen.push(death.isFinal("lost"), death.isFinal("timeout"));
    return seen;
  };
  assertEquals(of(), [false, false, false]);
  assertEquals(of(["ThreadDied"]), [false, true, true]);
  assertEquals(of(["OutOfMemory", "TimeoutError"]), [true, false, false]);
  assertEquals(of(["timeouterror"]), [true, true, true]);
});
