/** A child whose measurements come to a bad end. */
import { runChildMain } from "../../lib/child/child_main.ts";
import type { ClimbReport, ParkReport } from "../../lib/scale/wire.ts";

const limits = { kind: "limits", limits: [{ name: "memory", value: 2 ** 40, used: 0 }] } as const;

await runChildMain({
  park: () =>
    Promise.resolve(async (_, report: (report: ParkReport) => Promise<void>) => {
      await report(limits);
      await report({ kind: "alive", alive: 40, takenBytes: 1000 });
      Deno.kill(Deno.pid, "SIGKILL"); // as the kernel does when memory runs out
      await new Promise(() => {});
    }),
  climb: () =>
    Promise.resolve(async (_, report: (report: ClimbReport) => Promise<void>) => {
      await report(limits);
      await report({ kind: "alive", startMs: 9, rssBytes: 7e6 });
      await report({ kind: "alive", startMs: 11, rssBytes: 14e6 });
      throw new Error("no more threads");
    }),
});
