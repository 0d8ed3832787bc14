import type { Host } from "../../exec/host/host.ts";
import { type Permissions, workerHost } from "../../exec/host/worker_host.ts";
import { startAhead } from "../../exec/host/start_ahead.ts";
import type { JobReference } from "../../model/item.ts";
import type { RuntimeName } from "../../model/runtime.ts";
import type { Session } from "../terminal/session.ts";
import type { ForeignChoice } from "./foreign_runtime.ts";
import type { Grants } from "./grant_options.ts";
import { jobPermissions } from "./grants.ts";
import type { JobFile } from "./job_file.ts";
import type { SlotValues } from "./slot_options.ts";

/** Where slots are; disposing of it leaves nothing of them. */
export interface SlotHost extends AsyncDisposable {
  readonly host: Host;
  /** What slots run in: what a process has said of itself, and until then our own Deno. */
  runtime(): RuntimeName;
}

const ownRuntime = (): RuntimeName => ({ name: "deno", version: Deno.version.deno });

/** Opens the host of a job's slots that the command line asks for, unless the session has one. `ahead`: slots to start now. */
export async function openHost(
  values: Grants & SlotValues,
  isolate: "worker" | "process",
  { reads, folder, reference }: Pick<JobFile, "reads" | "folder" | "reference">,
  session: Pick<Session, "host" | "onForcedEnd">,
  ahead = 0,
): Promise<SlotHost> {
  const { memory, deno, runtime } = values;
  const limits = { memory, deno, folder, foreign: runtime === "deno" ? undefined : { runtime, job: reference } };
  return await openSlots(jobPermissions(values, reads), isolate, session, limits, ahead);
}

/** What only slots in processes have: a memory limit in bytes, and a Deno of the user's own, in the job's folder, or another runtime. */
interface ProcessLimits {
  readonly memory?: number;
  readonly deno?: string;
  readonly folder: string;
  /** The Node or Bun that runs this job. */
  readonly foreign?: { readonly runtime: ForeignChoice; readonly job: JobReference };
}

/** Opens the host of slots with these permissions, unless the session has one. */
export async function openSlots(
  permissions: Required<Permissions>,
  isolate: "worker" | "process",
  session: Pick<Session, "host" | "onForcedEnd">,
  { memory, deno, folder, foreign }: ProcessLimits = { folder: "." },
  ahead = 0,
): Promise<SlotHost> {
  if (session.host !== undefined || isolate === "worker") {
    return { ...await startAhead(session.host ?? workerHost(permissions), ahead), runtime: ownRuntime };
  }
  const { processHost } = await import("../../exec/host/process/process_host.ts");
  const { removeWaitingSockets } = await import("../../exec/host/process/slot_connection.ts");
  const { ownCommand } = await import("../../exec/host/process/slot_command.ts");
  const command = foreign !== undefined
    ? await (await import("./foreign_runtime.ts")).foreignCommand(foreign.runtime, foreign.job, permissions)
    : deno === undefined
    ? ownCommand()
    : (await import("../../exec/host/process/user_command.ts")).userCommand(deno || "deno", folder);
  await using opening = new AsyncDisposableStack();
  opening.use(command);
  opening.use(session.onForcedEnd(() => {
    removeWaitingSockets();
    command[Symbol.dispose]();
  }));
  let runtime: RuntimeName | undefined;
  const host = processHost({ command, permissions, memory, onRuntime: (said) => runtime = said });
  const started = opening.use(await startAhead(host, ahead));
  const opened = opening.move();
  return {
    host: started.host,
    runtime: () => runtime ?? ownRuntime(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
