import { assertEquals } from "@std/assert";
import { deathOf, killGroup, killWithGroup } from "../../../../lib/exec/host/process/process_group.ts";

/** What `act` kills, in a world where killing throws this, if anything. */
function killed(act: (child: Deno.ChildProcess) => void, error?: Error) {
  const kills: unknown[] = [];
  const note = (...given: unknown[]) => {
    kills.push(given);
    if (error !== undefined) throw error;
  };
  const { kill } = Deno;
  Deno.kill = note;
  try {
    act({ pid: 700, kill: (signal) => note("child", signal) } as Partial<Deno.ChildProcess> as Deno.ChildProcess);
  } finally {
    Deno.kill = kill;
  }
  return kills;
}

/** Windows has no groups. */
const group = Deno.build.os === "windows" ? [] : [[-700, "SIGKILL"]];

Deno.test("process group: an item's error says how its process ended", () => {
  const killed = { code: 137, signal: "SIGKILL" } as const;
  assertEquals(deathOf(killed, undefined), {
    name: "ProcessDied",
    message: "its process died (SIGKILL)",
    code: "lost",
  });
  const ended = { code: 3, signal: null };
  assertEquals(deathOf(ended, undefined).message, "its process died (exit code 3)");
  const message = "its process used 70 MiB, the limit is 64 MiB";
  assertEquals(deathOf(killed, 70 * 2 ** 20, 64 * 2 ** 20), { name: "OutOfMemory", message, code: "out-of-memory" });
});

Deno.test("process group: is killed with its leader, and nobody minds if they are gone", () => {
  for (const error of [undefined, new Deno.errors.NotFound("no such process")]) {
    assertEquals(killed(() => killGroup(700), error), group);
    assertEquals(killed((child) => killWithGroup(child), error), [...group, ["child", "SIGKILL"]]);
  }
});
