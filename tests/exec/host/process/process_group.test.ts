import { assertEquals } from "@std/assert";
import { killGroup, killWithGroup } from "../../../../lib/exec/host/process/process_group.ts";

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

Deno.test("process group: is killed with its leader, and nobody minds if they are gone", () => {
  for (const error of [undefined, new Deno.errors.NotFound("no such process")]) {
    assertEquals(killed(() => killGroup(700), error), group);
    assertEquals(killed((child) => killWithGroup(child), error), [...group, ["child", "SIGKILL"]]);
  }
});
