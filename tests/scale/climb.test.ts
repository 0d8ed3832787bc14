import { assertEquals } from "@std/assert";
import { climb, type StartThread } from "../../lib/scale/climb.ts";
import type { ClimbInput, ClimbReport } from "../../lib/scale/wire.ts";

/** Climbs with threads that are none. */
async function climbed(input: Partial<ClimbInput>, start?: StartThread) {
  const reports: ClimbReport[] = [];
  let terminated = 0;
  const thread = { terminate: () => void terminated++ };
  await climb(
    { upTo: 60, maxBytes: 2 ** 40, maxMs: 60_000, ...input },
    (report) => Promise.resolve(void reports.push(report)),
    start ?? (() => Promise.resolve(thread)),
  );
  return { reports, terminated };
}

Deno.test("climb: read at 1, 2, 3, 5, 7, 10 and so on, and at the end; each thread is ended", async () => {
  const { reports, terminated } = await climbed({});
  const at = reports.flatMap((report) => report.kind === "point" ? [report.alive] : []);
  assertEquals(at, [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 60]);
  assertEquals(reports.filter(({ kind }) => kind === "alive").length, 60);
  assertEquals([reports.at(-2), terminated], [{ kind: "stopped", stop: null }, 60]);
});

Deno.test("climb: without time, one thread, which is read and ended too", async () => {
  const { reports, terminated } = await climbed({ maxMs: -1 });
  assertEquals(reports.map(({ kind }) => kind), ["limits", "alive", "point", "stopped", "ended"]);
  assertEquals([reports[3], terminated], [{ kind: "stopped", stop: { stoppedBy: "max-time", limit: -1 } }, 1]);
});
