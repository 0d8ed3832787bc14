import type { Options, Values } from "./option.ts";
import type { Session } from "../terminal/session.ts";

/** The kinds of permission that Deno knows and the program may give up. */
export type PermissionKind = "read" | "write" | "net" | "env" | "run" | "sys" | "ffi" | "import";

/** One row of the table of commands: all that help, parser and permissions need to know. */
export interface Spec<O extends Options> {
  readonly name: string;
  readonly summary: string;
  /** What comes after the flags, as the help shows it. */
  readonly operands?: { readonly usage: string; readonly min: number; readonly max: number };
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  readonly options: O;
  /** The kinds of permission the command needs; all others are revoked before it starts. */
  needs(values: Values<O>, operands: readonly string[]): readonly PermissionKind[];
  run(values: Values<O>, operands: readonly string[], session: Session): Promise<number>;
}

/** A row whose flags have been forgotten: its values are checked where they are parsed. */
export interface Command extends Omit<Spec<Options>, "needs" | "run"> {
  needs(values: Readonly<Record<string, unknown>>, operands: readonly string[]): readonly PermissionKind[];
  run(values: Readonly<Record<string, unknown>>, operands: readonly string[], session: Session): Promise<number>;
}

/** Makes a row of the table. */
export function command<const O extends Options>(spec: Spec<O>): Command {
  return {
    ...spec,
    needs: (values, operands) => spec.needs(values as Values<O>, operands),
    run: (values, operands, session) => spec.run(values as Values<O>, operands, session),
  };
}
