import type { PermissionKind } from "../table/command.ts";

/** All kinds of permission that the program can have. */
export const permissionKinds: readonly PermissionKind[] = [
  "read",
  "write",
  "net",
  "env",
  "run",
  "sys",
  "ffi",
  "import",
];

/** Gives up every kind of permission that is not needed. What is given up cannot be had back, by nobody. */
export function keepOnly(needed: readonly PermissionKind[]): void {
  for (const kind of permissionKinds) {
    if (!needed.includes(kind)) Deno.permissions.revokeSync({ name: kind } as Deno.PermissionDescriptor);
  }
}
