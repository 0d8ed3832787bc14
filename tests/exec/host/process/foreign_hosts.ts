import { findRuntime, type ForeignChoice } from "../../../../lib/cli/job/foreign_runtime.ts";
import { openSlotModule } from "../../../../lib/cli/job/slot_module.ts";
import { nodeCommand } from "../../../../lib/exec/host/process/node/node_command.ts";
import { processHost } from "../../../../lib/exec/host/process/process_host.ts";
import type { PermissionKind, Permissions } from "../../../../lib/exec/wire/permissions.ts";
import type { MakeHost } from "../stage.ts";

/** Hosts of slots in a Node or Bun. `undeniable`: what it cannot deny a job, and so grants. */
export async function foreignHosts(
  choice: ForeignChoice,
  undeniable: readonly PermissionKind[],
): Promise<MakeHost> {
  const runtime = await findRuntime(choice);
  const { file } = await openSlotModule();
  const granted = Object.fromEntries(undeniable.map((kind) => [kind, true]));
  return (given: Permissions) => {
    const permissions = { ...given, ...granted };
    return processHost({ command: nodeCommand(runtime, file, permissions), permissions });
  };
}
