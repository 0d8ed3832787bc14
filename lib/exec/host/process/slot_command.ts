import { entryPoint } from "../../../entry_points.ts";
import { ownProgram } from "../../../own_program.ts";
import type { PermissionKind, Permissions } from "../../wire/permissions.ts";
import type { Hello } from "../../wire/process_protocol.ts";
import { type FromSlot, permissionKinds } from "../../wire/protocol.ts";
import { wireVersion } from "./frames.ts";
import type { Pipes } from "./slot_pipes.ts";
import { slotArgument } from "../../../program_arguments.ts";

/** How to start a program that becomes a slot. The address to connect to is added as its last argument, unless it has pipes. */
export interface SlotCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Written to its stdin. */
  readonly stdin?: string;
  /** It is reached by pipes, see slot_pipes.ts. */
  readonly pipes?: Pipes;
  /** Its whole environment; undefined: it has ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kinds of permission that are denied by how it is started. */
  readonly denies?: readonly PermissionKind[];
}

/**
 * Why a process that says this of itself gets no job; undefined if it does: it speaks our version, and it or how it was started
 * denies the job all that is not granted whole.
 */
export function refusalOf(
  { wire, runtime: { name, version }, denies }: Hello,
  { command, permissions }: { readonly command: SlotCommand; readonly permissions: Permissions },
): FromSlot & { readonly kind: "refused" } | undefined {
  if (wire !== wireVersion) {
    const found =
      `its process (${name} ${version}) speaks version ${wire} of our protocol, this program ${wireVersion}`;
    return { kind: "refused", found };
  }
  const denied = [...denies, ...command.denies ?? []];
  const undeniable = permissionKinds.filter((kind) => permissions[kind] !== true && !denied.includes(kind));
  if (undeniable.length === 0) return undefined;
  const found = `${name} ${version} cannot deny a job these permissions: ${undeniable.join(", ")}`;
  return { kind: "refused", found, code: "not-denied" };
}

/** A command. Disposing cleans up its files when no slot is left. */
export type DisposableCommand = SlotCommand & Disposable;

/** A child process of our own program. The job runs in a thread with its own permissions. */
export function ownCommand(): DisposableCommand {
  return { ...ownProgram(slotArgument, entryPoint("process")), [Symbol.dispose]() {} };
}
