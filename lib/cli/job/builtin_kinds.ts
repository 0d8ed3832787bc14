import { findBuiltin } from "../../jobs/builtin.ts";
import type { PermissionKind } from "../table/command.ts";

/** The kinds of permission that the program must keep for a built-in job, which is named `@` and its name. */
export function builtinKinds(operand: string): readonly PermissionKind[] {
  const { net, read } = (operand.startsWith("@") && findBuiltin(operand.slice(1))?.needs?.()) || {};
  return [...(net ? ["net"] as const : []), ...(read ? ["read"] as const : [])];
}
