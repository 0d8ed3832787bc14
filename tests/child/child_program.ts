/** A child with measurements that no command has. */
import { runChildMain } from "../../lib/child/child_main.ts";

await runChildMain({
  counts: () =>
    Promise.resolve(async (input, report) => {
      for (let i = 0; i < Number(input); i++) await report(i);
    }),
  // A thread that spins for ever does not keep the child alive.
  spins: () =>
    Promise.resolve(async (_, report) => {
      const body = "postMessage(0); while (true);";
      const worker = new Worker(`data:text/javascript,${encodeURIComponent(body)}`, { type: "module" });
      await new Promise((resolve) => worker.onmessage = resolve);
      await report(Deno.pid);
      await new Promise(() => {});
    }),
  waits: () =>
    Promise.resolve(async (_, report) => {
      await report(Deno.pid);
      await new Promise(() => {});
    }),
  kills: () =>
    Promise.resolve(async (_, report) => {
      await report("alive");
      Deno.kill(Deno.pid, "SIGKILL");
      await new Promise(() => {});
    }),
  crashes: () =>
    Promise.resolve(async (_, report) => {
      await report("alive");
      throw new Error("it broke");
    }),
  exits: () =>
    Promise.resolve((_) => {
      console.log("not a report");
      Deno.exit(7);
    }),
  exhausts: () =>
    Promise.resolve((_) => {
      const kept: string[][] = [];
      while (true) kept.push(Array.from({ length: 1000 }, String));
    }),
});
