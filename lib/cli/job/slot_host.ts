import type { Host } from "../../exec/host/host.ts";
import { workerHost } from "../../exec/host/worker_host.ts";
import { startAhead } from "../../exec/host/start_ahead.ts";
import type { Grants } from "./grant_options.ts";
import { jobPermissions } from "./grants.ts";
import type { SlotValues } from "./slot_options.ts";
import type { JobFile } from "./job_file.ts";

/** Where slots are; disposing of it leaves nothing of them. */
export interface SlotHost extends AsyncDisposable {
  readonly host: Host;
}

/** Opens the host of a job's slots that the command line asks for, unless the session has its `own`. `ahead`: how many slots start at once. */
export async function openHost(
  values: Grants & SlotValues,
  isolate: "worker" | "process",
  { folder }: JobFile,
  own?: Host,
  ahead = 0,
): Promise<SlotHost> {
  if (own !== undefined) return await startAhead(own, ahead);
  const permissions = jobPermissions(values, folder);
  if (isolate === "worker") {
    return await startAhead(workerHost(permissions), ahead);
  }
  const { processHost } = await import("../../exec/host/process/process_host.ts");
  const { ownCommand, userCommand } = await import("../../exec/host/process/slot_command.ts");
  const command = values.deno === undefined ? ownCommand() : userCommand(values.deno || "deno", folder);
  await using opening = new AsyncDisposableStack();
  opening.use(command);
  const host = processHost({ command, permissions, memory: values.memory });
  const started = opening.use(await startAhead(host, ahead));
  const opened = opening.move();
  return { host: started.host, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
