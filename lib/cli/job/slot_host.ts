import type { Host } from "../../exec/host/host.ts";
import { workerHost } from "../../exec/host/worker_host.ts";
import { type Grants, jobPermissions } from "./grants.ts";
import type { IsolationFlags } from "./isolation.ts";
import type { JobFile } from "./job_file.ts";

/** Where slots are; disposing of it leaves nothing of them. */
export interface SlotHost extends Disposable {
  readonly host: Host;
}

/** Opens the place for a job's slots that the command line asks for. */
export async function openHost(
  values: Grants & IsolationFlags,
  isolate: "worker" | "process",
  { folder }: JobFile,
): Promise<SlotHost> {
  const permissions = jobPermissions(values, folder);
  if (isolate === "worker") return { host: workerHost(permissions), [Symbol.dispose]() {} };
  const { processHost } = await import("../../exec/host/process/process_host.ts");
  const { ownCommand, userCommand } = await import("../../exec/host/process/slot_command.ts");
  const command = values.deno === undefined ? ownCommand() : userCommand(values.deno || "deno", folder);
  const memory = values.memory || undefined;
  return { host: processHost({ command, permissions, memory }), [Symbol.dispose]: () => command[Symbol.dispose]() };
}
