import { permissionKinds } from "../../wire/protocol.ts";
import { workerHost } from "../worker_host.ts";
import { watchMemory } from "./memory_watch.ts";
import { killGroup } from "./process_group.ts";
import { type RelayParts, relayUntilClosed } from "./relay.ts";
import { connectSlot } from "./slot_connection.ts";

/**
 * The main thread of a slot's own process. It relays between the parent and the ordinary slot, which is a Worker in this
 * process, and reads and writes the shared table. It runs no user code, so it is never busy: it ends as soon as its parent
 * has ended, even if the job is busy. Signals from the terminal are ignored, because the parent handles them.
 */
export async function runSlotProcess(address: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) {
    if (Deno.build.os !== "windows" || signal === "SIGINT") Deno.addSignalListener(signal, () => {});
  }
  try {
    const connection = await connectSlot(address);
    const watch: RelayParts["watchMemory"] = (limit, passed) =>
      watchMemory(() => Deno.memoryUsage().rss, limit, passed);
    await relayUntilClosed({ connection, hostWith: workerHost, watchMemory: watch, end }, {
      runtime: { name: "deno", version: Deno.version.deno },
      denies: permissionKinds,
    });
  } catch {
    // the parent is gone
  }
  end();
}

/** Ends this process at once, even if the job's thread is busy, with the programs that the job has started. */
function end(): void {
  killGroup(Deno.pid);
  Deno.kill(Deno.pid, "SIGKILL"); // where there are no groups
}
